import { limitKeyOf, readClientAddress } from './client-address.js';

const proxies = { trusts: (address: string | undefined) => address?.startsWith('10.') === true };

function read(forwarded: string | undefined, remoteAddress = '10.0.0.1') {
  const headers = forwarded === undefined ? {} : { 'x-forwarded-for': forwarded };
  return readClientAddress({ headers, socket: { remoteAddress } }, proxies);
}

describe(readClientAddress.name, () => {
  it('[J1] takes the address of the socket where the peer is no listed proxy', () => {
    for (let i = 0; i < 10_000; i++) {
      const forged = `1.2.${String(i >> 8)}.${String(i & 255)}`;
      expect(read(forged, '192.0.2.7')).toBe('192.0.2.7');
    }
    expect(read('1.2.3.4', '::ffff:192.0.2.7')).toBe('192.0.2.7');
  });

  it('walks from the right and stops at the first that is no proxy', () => {
    expect(read('1.2.3.4')).toBe('1.2.3.4');
    expect(read('6.6.6.6, 1.2.3.4, 10.0.0.2')).toBe('1.2.3.4');
    expect(read('10.0.0.3, 10.0.0.2')).toBe('10.0.0.3');
    expect(read(undefined)).toBe('10.0.0.1');
  });

  it.each([
    ['1.2.3.4:5678', '1.2.3.4'],
    ['[2001:db8::1]:5678', '2001:db8::1'],
    ['[2001:db8::1]', '2001:db8::1'],
    ['2001:DB8:0:0::1', '2001:db8::1'],
    ['::ffff:1.2.3.4', '1.2.3.4'],
    ['127.0.0.1', '127.0.0.1'],
  ])('[J5] reads %s as %s', (entry, address) => {
    expect(read(entry)).toBe(address);
  });

  it.each([
    'unknown',
    '_hidden',
    'fe80::1%eth0',
    '[fe80::1%eth0]:80',
    '1.2.3',
    '0x7f.1',
    '2130706433',
    '1.2.3.4:x',
    '1.2.3.4, ',
    `${'1'.repeat(5_000)}.2.3.4`,
    '"1.2.3.4"',
    '01.2.3.4',
    '256.1.1.1',
  ])('[J5] stays with the proxy where it says %s', (entry) => {
    expect(read(entry)).toBe('10.0.0.1');
  });

  it('[J5] is not impressed by 5,000 entries', () => {
    expect(read(Array.from({ length: 5_000 }, () => '1.2.3.4').join(','))).toBe('1.2.3.4');
    expect(read(Array.from({ length: 5_000 }, () => '10.0.0.9').join(','))).toBe('10.0.0.9');
  });
});

describe(limitKeyOf.name, () => {
  it('[J7] takes the network of 64 bits of an IPv6 address', () => {
    expect(limitKeyOf('2001:db8:1:2:3:4:5:6')).toBe('2001:db8:1:2::/64');
    expect(limitKeyOf('2001:db8:1:2::9')).toBe(limitKeyOf('2001:db8:1:2:ffff::1'));
    expect(limitKeyOf('2001:db8:1:3::9')).not.toBe(limitKeyOf('2001:db8:1:2::9'));
  });

  it('takes an IPv4 address, and anything else, as it is', () => {
    expect(limitKeyOf('1.2.3.4')).toBe('1.2.3.4');
    expect(limitKeyOf('unknown')).toBe('unknown');
  });
});
