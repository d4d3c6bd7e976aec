/** What stands in for modules of Node in the playground is compared with them. */
import * as net from 'net';
import { buildSync } from 'esbuild';
import fc from 'fast-check';

type StandIn = Pick<typeof net, 'isIP' | 'isIPv4' | 'isIPv6' | 'BlockList'>;

/** As it is bundled for the browser. */
function bundledStandIn(): StandIn {
  const { outputFiles: [{ text }] } = buildSync({
    entryPoints: ['site/playground/node/net.ts'], bundle: true, format: 'iife', globalName: 'standIn', write: false,
  });
  return new Function(`${text}; return standIn;`)();
}

const standIn = bundledStandIn();

/** Addresses, and what is nearly one. */
const ADDRESSES = [
  '', '0', '1.2.3', '1.2.3.4', '1.2.3.4.5', '01.2.3.4', '256.1.1.1', '127.0.0.1', '127.1', '0x7f.0.0.1', ' 1.2.3.4',
  '::', '::1', ':::', '1::2::3', 'fe80::1%eth0', 'fe80::1%', '::ffff:127.0.0.1', '::ffff:7f00:1', '::1.2.3.4', '[::1]',
  '2001:db8::12345', '2001:DB8::a', '1:2:3:4:5:6:7:8', '1:2:3:4:5:6:7:8:9', '1:2:3:4:5:6:7', 'localhost', 'a.b.c.d',
];

test.each(ADDRESSES)('%j is of the same version as in Node', text => {
  expect([standIn.isIP(text), standIn.isIPv4(text), standIn.isIPv6(text)])
    .toEqual([net.isIP(text), net.isIPv4(text), net.isIPv6(text)]);
});

test('so is any other text of the letters that addresses are made of', () => {
  const nearly = fc.string({ unit: fc.constantFrom(...'0123456789abcdef:.'), maxLength: 20 });

  fc.assert(fc.property(nearly, text => expect(standIn.isIP(text)).toBe(net.isIP(text))));
});

test.each(ADDRESSES.filter(each => net.isIP(each) > 0))('%s is found in the same ranges as in Node', text => {
  const [ours, theirs] = [new standIn.BlockList(), new net.BlockList()].map(list => {
    list.addSubnet('127.0.0.0', 8, 'ipv4');
    list.addAddress('::1', 'ipv6');
    return list.check(text, net.isIPv4(text) ? 'ipv4' : 'ipv6');
  });

  expect(ours).toBe(theirs);
});
