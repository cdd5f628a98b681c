import { lookup } from 'node:dns';
import { BlockList, type LookupFunction, isIP } from 'node:net';

/** Where nobody on the internet is: our own machine and network, other purposes, and forms that hide an address of them. */
const NOT_PUBLIC = [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.88.99.0/24',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/4',
  '240.0.0.0/4',
  // Teredo and other purposes, documentation, 6to4, documentation again.
  '2001::/23',
  '2001:db8::/32',
  '2002::/16',
  '3fff::/20',
];
/** Of IPv6 only this is given out at all, which leaves out loopback, mapped, translated, private, link-local and multicast. */
const GIVEN_OUT_6 = ['2000::/3'];
const LOOPBACK = ['127.0.0.0/8', '::1'];

/** Nothing is sent there. The message is for admins. */
export class AddressRefused extends Error {
  constructor(readonly address: string) {
    super(`${address} is not an address on the internet. If it is meant, name its network in MUSTER_WEBHOOK_NETWORKS, where Muster runs.`);
    this.name = 'AddressRefused';
  }
}

/** How a name becomes addresses: `dns.lookup`, or what a test says. */
export type Resolve = (name: string, options: { readonly all: true }, found: Found) => void;
type Found = (error: NodeJS.ErrnoException | null, addresses: readonly { readonly address: string; readonly family: number }[]) => void;

/**
 * Which addresses Muster may send to. What is asked for is a name, and what it means may change at any moment: so it
 * is the connection that asks, and it connects to an address that was looked at and to no other.
 */
export class Addresses {
  private readonly notPublic = listOf(NOT_PUBLIC);
  private readonly givenOut6 = listOf(GIVEN_OUT_6);
  private readonly own: BlockList;
  private readonly loopback = listOf(LOOPBACK);

  /** `own`: networks that are let in besides, as people write them. */
  constructor(
    own: readonly string[],
    private readonly resolve: Resolve = lookup,
  ) {
    this.own = listOf(own.flatMap((network) => (network === 'loopback' ? LOOPBACK : [network])));
  }

  may(address: string): boolean {
    const kind = kindOf(address);
    if (kind === null) return false;
    if (this.own.check(address, kind)) return true;
    return !this.notPublic.check(address, kind) && (kind === 'ipv4' || this.givenOut6.check(address, kind));
  }

  /** Of a host that is written as numbers: it is never looked up. @throws AddressRefused */
  mustBeAllowed({ hostname, protocol }: URL): void {
    const address = hostname.replace(/^\[|\]$/g, '');
    if (isIP(address) && !this.mayBy(protocol, address)) throw new AddressRefused(address);
  }

  /** For `connect`. Of several addresses only those that may be used are tried; none, and nothing is connected to. */
  lookupFor({ protocol }: URL): LookupFunction {
    return (name, { all }, found) => {
      this.resolve(name, { all: true }, (error, addresses) => {
        if (error) return found(error, '');
        const usable = addresses.filter(({ address }) => this.mayBy(protocol, address));
        const [first] = usable;
        if (!first) return found(new AddressRefused(addresses[0]?.address ?? name), '');
        if (all) return found(null, [...usable]);
        found(null, first.address, first.family);
      });
    };
  }

  /** Without TLS nobody knows who answers, unless it is this machine. */
  private mayBy(protocol: string, address: string): boolean {
    const kind = kindOf(address);
    return this.may(address) && (protocol === 'https:' || (kind !== null && this.loopback.check(address, kind)));
  }
}

/** Null for what is none, and for one that is bound to a network card: nobody on the internet has such a one. */
function kindOf(address: string): 'ipv4' | 'ipv6' | null {
  const kind = address.includes('%') ? 0 : isIP(address);
  return kind === 4 ? 'ipv4' : kind === 6 ? 'ipv6' : null;
}

function listOf(networks: readonly string[]): BlockList {
  const list = new BlockList();
  for (const network of networks) {
    const [address = '', bits] = network.split('/');
    const kind = kindOf(address) ?? 'ipv4';
    if (bits === undefined) list.addAddress(address, kind);
    else list.addSubnet(address, Number(bits), kind);
  }
  return list;
}
