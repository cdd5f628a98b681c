import fc from 'fast-check';
import { Addresses, type Resolve } from './addresses.ts';

const INSIDE = [
  '127.0.0.1',
  '127.255.255.254',
  '0.0.0.0',
  '10.1.2.3',
  '100.64.0.1',
  '100.127.255.255',
  '169.254.169.254',
  '172.16.0.1',
  '172.31.255.255',
  '192.168.1.1',
  '192.0.0.8',
  '198.18.0.1',
  '224.0.0.1',
  '239.255.255.250',
  '240.0.0.1',
  '255.255.255.255',
  '::',
  '::1',
  '::127.0.0.1',
  '::ffff:127.0.0.1',
  '::ffff:7f00:1',
  '::ffff:10.0.0.1',
  '::ffff:0:10.0.0.1',
  '64:ff9b::7f00:1',
  '64:ff9b::169.254.169.254',
  '64:ff9b:1::a00:1',
  '100::1',
  '2001::1',
  '2001:db8::1',
  '2002:7f00:1::',
  'fc00::1',
  'fd12:3456::1',
  'fe80::1',
  'fe80::1%eth0',
  'fec0::1',
  'ff02::1',
  'not an address',
];
const OUTSIDE = ['1.1.1.1', '8.8.8.8', '100.63.255.255', '100.128.0.1', '172.15.0.1', '172.32.0.1', '2606:4700::1111', '2a00:1450::1'];

const RECEIVER = new URL('https://receiver.example');

/** What a connection is given for a name that means these. */
const looked = (addresses: Addresses, all = true): Promise<unknown> =>
  new Promise((answer) =>
    addresses.lookupFor(RECEIVER)('receiver.example', { all }, (error, found, family) =>
      answer(error ? error.message : all ? found : [found, family]),
    ),
  );
const meaning =
  (...addresses: readonly string[]): Resolve =>
  (_name, _options, found) =>
    found(
      null,
      addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
    );

describe('Where a webhook may be sent', () => {
  it.each(INSIDE)('is not %s', (address) => {
    expect(new Addresses([]).may(address)).toBe(false);
  });

  it.each(OUTSIDE)('may be %s', (address) => {
    expect(new Addresses([]).may(address)).toBe(true);
  });

  it('is no address of IPv4 in any dress that its plain form may not be', () => {
    const addresses = new Addresses([]);
    fc.assert(
      fc.property(fc.ipV4(), (address) => {
        const dressed = [`::ffff:${address}`, `::${address}`, `64:ff9b::${address}`, `::ffff:0:${address}`];
        if (!addresses.may(address)) expect(dressed.filter((one) => addresses.may(one))).toEqual([]);
      }),
    );
  });

  it('may be a network that was named, also written as IPv6, and no other', () => {
    const addresses = new Addresses(['10.1.0.0/16', 'loopback', 'fd00::/8', '192.168.7.7']);

    for (const inside of ['10.1.2.3', '::ffff:10.1.2.3', '127.0.0.1', '::1', 'fd12::1', '192.168.7.7', '8.8.8.8'])
      expect([inside, addresses.may(inside)]).toEqual([inside, true]);
    for (const outside of ['10.2.0.1', '192.168.7.8', 'fc00::1', '169.254.169.254'])
      expect([outside, addresses.may(outside)]).toEqual([outside, false]);
  });

  it('is decided by what a name means at the moment of connecting', async () => {
    expect(await looked(new Addresses([], meaning('10.0.0.1')))).toMatch(/^10\.0\.0\.1 is not an address on the internet/);
    expect(await looked(new Addresses([], meaning('10.0.0.1', '8.8.8.8')))).toEqual([{ address: '8.8.8.8', family: 4 }]);
    expect(await looked(new Addresses([], meaning('::ffff:10.0.0.1', '2606:4700::1111')), false)).toEqual(['2606:4700::1111', 6]);
  });

  it('is this machine alone where there is no TLS, and only if it was named', () => {
    const allowed = (own: readonly string[], url: string): boolean => {
      try {
        new Addresses(own).mustBeAllowed(new URL(url));
        return true;
      } catch {
        return false;
      }
    };

    expect(allowed(['loopback', '10.0.0.0/8'], 'http://127.0.0.1:8080/')).toBe(true);
    expect(allowed(['loopback', '10.0.0.0/8'], 'http://[::1]:8080/')).toBe(true);
    expect(allowed(['loopback', '10.0.0.0/8'], 'http://10.0.0.1/')).toBe(false);
    expect(allowed(['loopback', '10.0.0.0/8'], 'https://10.0.0.1/')).toBe(true);
    expect(allowed([], 'http://127.0.0.1/')).toBe(false);
    expect(allowed([], 'http://8.8.8.8/')).toBe(false);
    expect(allowed([], 'https://2130706433/')).toBe(false);
  });

  it('is refused for a name that means our own machine', async () => {
    const here = await new Promise((answer) =>
      new Addresses([]).lookupFor(RECEIVER)('localhost', { all: true }, (error) => answer(error?.name)),
    );

    expect(here).toBe('AddressRefused');
  });
});
