import { relyingPartyOf } from './relying-party.ts';

const at = (PUBLIC_URL: string, ...MUSTER_OTHER_URLS: string[]) => relyingPartyOf({ PUBLIC_URL, MUSTER_OTHER_URLS });

describe('For whom passkeys are made', () => {
  it('is the name of the war room, whatever its port', () => {
    expect(at('https://muster.example.com:8443')).toEqual({ id: 'muster.example.com', origins: ['https://muster.example.com:8443'] });
  });

  it('is this machine, by its name', () => {
    expect(at('http://localhost:3000')?.id).toBe('localhost');
  });

  it.each(['http://muster.example.com', 'https://10.0.0.7', 'http://127.0.0.1:3000', 'https://[::1]'])(
    'is nobody where browsers have none: %s',
    (address) => {
      expect(at(address)).toBeNull();
    },
  );

  it('has further addresses, but those that are bare numbers', () => {
    expect(at('https://muster.example.com', 'https://muster.example.net', 'https://10.0.0.7')?.origins).toEqual([
      'https://muster.example.com',
      'https://muster.example.net',
    ]);
  });
});
