/** A code block, from one fence to the other, or the text between two. */
export type Part = { readonly text: string } | Block;

export interface Block {
  readonly language: string;
  readonly code: string;
}

const FENCE = /^```(\w+)(?: \w+)?\n([^]*?)^```\n/gm;

/** The parts of a Markdown file. */
export function partsOf(markdown: string): Part[] {
  const parts: Part[] = [];
  let from = 0;
  for (const match of markdown.matchAll(FENCE)) {
    const [all, language, code] = match;
    parts.push({ text: markdown.slice(from, match.index) }, { language, code });
    from = match.index + all.length;
  }
  return [...parts, { text: markdown.slice(from) }];
}

export function fence(language: string, code: string): string {
  return `\`\`\`${language}\n${code.trimEnd()}\n\`\`\`\n`;
}

export function folded(summary: string, content: string, name: string): string {
  return `<details class="${name}"><summary>${summary}</summary>\n\n${content}\n</details>\n`;
}

/** The heading of a page, without its marks. */
export function titleOf(markdown: string): string {
  return /^# (.*)$/m.exec(markdown)?.[1].replaceAll('`', '') ?? '';
}
