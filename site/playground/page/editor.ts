import { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
import { javascript } from '@codemirror/lang-javascript';
import { yaml } from '@codemirror/lang-yaml';
import {
  bracketMatching, codeFolding, foldEffect, foldGutter, foldKeymap, indentOnInput, syntaxHighlighting, unfoldAll,
} from '@codemirror/language';
import { EditorState, type Extension } from '@codemirror/state';
import { drawSelection, EditorView, highlightActiveLine, keymap, lineNumbers } from '@codemirror/view';
import { classHighlighter } from '@lezer/highlight';
import type { Range } from './programs-in-yaml';

const LANGUAGES = { yaml: yaml(), typescript: javascript({ typescript: true }) };

export interface EditorOptions {
  readonly language: keyof typeof LANGUAGES;
  /** What a screen reader calls it. */
  readonly label: string;
  /** Called when its text has changed; without it the text can only be read. */
  readonly onChange?: () => void;
}

/** A text in one of the languages, with numbers of lines. Tab leaves it, as it leaves any field. */
export class Editor {
  private readonly view: EditorView;

  public constructor({ language, label, onChange }: EditorOptions) {
    this.view = new EditorView({
      extensions: [
        lineNumbers(),
        codeFolding(),
        foldGutter(),
        syntaxHighlighting(classHighlighter),
        keymap.of([...defaultKeymap, ...historyKeymap, ...foldKeymap]),
        EditorView.contentAttributes.of({ 'aria-label': label }),
        LANGUAGES[language],
        onChange ? editable(onChange) : [EditorState.readOnly.of(true), drawSelection()],
      ],
    });
  }

  public get dom(): HTMLElement {
    return this.view.dom;
  }

  public get text(): string {
    return this.view.state.doc.toString();
  }

  public set text(text: string) {
    this.view.dispatch({ changes: { from: 0, to: this.view.state.doc.length, insert: text } });
  }

  /** Selects a line and shows it. */
  public select(line: number): void {
    const { from, to } = this.view.state.doc.line(Math.min(line, this.view.state.doc.lines));
    this.view.dispatch({
      selection: { anchor: from, head: to },
      effects: EditorView.scrollIntoView(from, { y: 'center' }),
    });
    this.view.focus();
  }

  public fold(ranges: readonly Range[]): void {
    this.view.dispatch({ effects: ranges.map(range => foldEffect.of(range)) });
  }

  public unfold(): void {
    unfoldAll(this.view);
  }
}

function editable(onChange: () => void): Extension {
  return [
    history(),
    drawSelection(),
    indentOnInput(),
    bracketMatching(),
    highlightActiveLine(),
    EditorView.updateListener.of(update => {
      if (update.docChanged) onChange();
    }),
  ];
}
