/** What the page asks an engine for. */
export interface Request {
  /** Whether the text is a program to run, or manifests to check. */
  readonly kind: 'program' | 'manifests';
  readonly text: string;
}

/** Something wrong, doubtful or worth knowing. */
export interface Found {
  readonly severity: 'error' | 'warning' | 'info';
  /** The construct, or the container of a manifest. */
  readonly path: string;
  readonly message: string;
  readonly remedy?: string;
  /** The rule of `check` that found it. */
  readonly rule?: string;
  /** The first line is 1: of the manifests, or of those that a program made. */
  readonly line?: number;
}

/** Why nothing, or not all, could be read or run. */
export interface Mistake {
  readonly message: string;
  /** The line of the text in which it is, if that is known. */
  readonly line?: number;
}

/** What an engine says of a text. */
export interface Report {
  readonly mistake?: Mistake;
  readonly findings: readonly Found[];
  /** The picture of the start-up in Graphviz's language, if there is something to draw. */
  readonly dot?: string;
  /** The order of the start-up, level by level. */
  readonly order?: string;
  /** What a program made. */
  readonly yaml?: string;
  /** What a program printed. */
  readonly printed?: string;
}
