/**
 * Writes the rules of `check` into docs/check.md, behind the heading 'The rules': what each finds and why, with the
 * examples that its tests run.
 */
import { readFileSync, writeFileSync } from 'fs';
import { RULES } from '../src/cli/rules';
import type { Rule } from '../src/cli/rules/rule';

const PAGE = 'docs/check.md';
const HEADING = '\n## The rules\n';
const SEVERITIES = { error: 'error', warning: 'warning', info: 'note' };

function sectionOf({ name, severity, reason, fires, silent }: Rule): string {
  const example = (yaml: string) => `\`\`\`yml\n${yaml.trim()}\n\`\`\`\n`;
  return `\n### ${name}\n\n*${SEVERITIES[severity]}*: ${reason}\n\n${example(fires)}\nRight:\n\n${example(silent)}`;
}

const [head] = readFileSync(PAGE, 'utf8').split(HEADING);
writeFileSync(PAGE, head + HEADING + RULES.map(sectionOf).join(''));
