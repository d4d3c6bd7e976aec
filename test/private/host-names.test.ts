import { Endpoint } from '../../src';

const label = (length: number) => 'x'.repeat(length);

test.each([
  'my_Database', '_ldap._tcp.corp.example', 'DB', '1password.example', '4', 'a--b', 'db.example.com.', label(63),
  `${label(63)}.${label(63)}.${label(63)}.${label(61)}`, '10.0.0.1', '::1', '${Token[TOKEN.1]}.${Token[TOKEN.2]}',
])('%s is a host', host => {
  expect(Endpoint.tcp(host, 5432).description).toContain(host);
});

test.each([
  '', '.', 'db..example', '.db', 'db-', '-db', 'db-.example', 'db.-example', 'bücher.example', 'my db', 'db\n',
  label(64), `${label(63)}.${label(63)}.${label(63)}.${label(62)}`, '300.1.1.1', '10.0.0', '10.0.0.1.5',
])('%j is no host', host => {
  expect(() => Endpoint.tcp(host, 5432)).toThrow("Endpoint: 'host' must be a host name or an IP address, got ");
});
