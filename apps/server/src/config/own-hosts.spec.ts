import { addressesOfThisMachine, ownHosts } from './own-hosts.js';

describe(ownHosts.name, () => {
  const addresses = ['127.0.0.1', '192.168.1.4', 'fd00::4'];

  it('names loopback when only loopback is listened on', () => {
    expect(ownHosts({ host: '127.0.0.1', publicOrigins: [] }, addresses)).toEqual([
      '127.0.0.1',
      'localhost',
      '[::1]',
    ]);
    expect(ownHosts({ host: '127.0.0.9', publicOrigins: [] }, addresses)).toContain('127.0.0.9');
  });

  it('names the one address listened on, and no loopback', () => {
    expect(ownHosts({ host: '192.168.1.4', publicOrigins: [] }, addresses)).toEqual([
      '192.168.1.4',
    ]);
  });

  it.each(['0.0.0.0', '::'])('names every address of the machine for %s', (host) => {
    expect(ownHosts({ host, publicOrigins: [] }, addresses)).toEqual([
      '127.0.0.1',
      '192.168.1.4',
      '[fd00::4]',
      'localhost',
      '[::1]',
    ]);
  });

  it('names the hosts of public origins, without ports', () => {
    const publicOrigins = ['https://term.example.com:8443', 'https://[fd00::1]'];
    expect(ownHosts({ host: '192.168.1.4', publicOrigins }, addresses)).toEqual([
      'term.example.com',
      '[fd00::1]',
      '192.168.1.4',
    ]);
  });
});

describe(addressesOfThisMachine.name, () => {
  it('has no address that needs a zone', () => {
    expect(addressesOfThisMachine().filter((address) => address.includes('%'))).toEqual([]);
  });
});
