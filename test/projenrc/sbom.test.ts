import { billOf, bundledIn } from '../../projenrc/sbom';

const component = (name: string, version: string) => ({ 'bom-ref': `${name}@${version}`, name, version });

const ALL = {
  metadata: { component: component('checkout', '0.1.0') },
  components: [
    { ...component('@scope/yaml', '2.0.0'), properties: [{ name: 'cdx:npm:package:development', value: 'true' }] },
    component('ms', '2.1.3'),
    component('ms', '1.0.0'),
    component('jest', '30.0.0'),
  ],
  dependencies: [
    { ref: 'checkout@0.1.0', dependsOn: ['@scope/yaml@2.0.0', 'jest@30.0.0'] },
    { ref: '@scope/yaml@2.0.0', dependsOn: ['ms@2.1.3'] },
    { ref: 'jest@30.0.0', dependsOn: ['ms@1.0.0'] },
  ],
};

test('the bill of materials has what is bundled, in the version that is, and none of the tools', () => {
  expect(billOf(ALL, 'library', ['@scope/yaml 2.0.0', 'ms 2.1.3'])).toEqual({
    metadata: { component: { ...component('checkout', '0.1.0'), name: 'library' } },
    components: [component('@scope/yaml', '2.0.0'), component('ms', '2.1.3')],
    dependencies: [
      { ref: 'checkout@0.1.0', dependsOn: ['@scope/yaml@2.0.0'] },
      { ref: '@scope/yaml@2.0.0', dependsOn: ['ms@2.1.3'] },
    ],
  });
});

test('there is none if npm does not know what is bundled', () => {
  expect(() => billOf(ALL, 'library', ['ms 3.0.0']))
    .toThrow('npm does not know ms 3.0.0, of which the bundle is made');
});

test('what is bundled are the packages whose licences are, not the lines of licences', () => {
  const licences = ['@scope/yaml 2.0.0 (ISC)', '(The MIT License)', 'by somebody (example.com)', 'ms 2.1.3 (MIT)'];

  expect(bundledIn(licences.join('\n'))).toEqual(['@scope/yaml 2.0.0', 'ms 2.1.3']);
});
