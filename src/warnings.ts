/** What becomes of warnings at synth. */
export enum Warnings {
  /** To stderr, a line for each, behind each `app.synth()` and `app.synthYaml()`. */
  PRINT = 'print',

  /** Nothing: only `StartupGraph.findings()` has them. */
  IGNORE = 'ignore',

  /** They fail the synthesis, as errors do. */
  FAIL = 'fail',
}
