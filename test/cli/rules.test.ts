import { findings } from './manifests';
import { RULES } from '../../src/cli/rules';

describe.each(RULES.map(rule => [rule.name, rule] as const))(
  '%s',
  (name, { fires, silent, severity, reason }) => {
    test('finds something in its example', () => {
      expect(findings(fires, name).map(each => [each.rule, each.severity])).toEqual([
        [name, severity],
      ]);
    });

    test('finds nothing where that is mended', () => {
      expect(findings(silent, name)).toEqual([]);
    });

    test('says why in whole sentences', () => {
      expect(reason).toMatch(/^[A-Z].*[.]$/);
    });
  },
);

test('the rules are in the order of their names, which are different', () => {
  const names = RULES.map(({ name }) => name);

  expect(names).toEqual([...new Set(names)].sort());
});
