/**
 * A text as Kubernetes must receive it, so that the program sees exactly what was written.
 *
 * The kubelet expands `$(NAME)` and `$$` in `command`, `args` and the values of `env`, and it splits a character of
 * several bytes that follows a `$`. Only a `$` that would start one of these is doubled: everything else, such as
 * `${PORT}` or a cdk8s token, stays readable in the YAML.
 *
 * @see https://github.com/kubernetes/kubernetes/blob/master/third_party/forked/golang/expansion/expand.go
 */
export function literal(text: string): string {
  return text.replace(/\$(?=\$|\([^()\s]*\)|[^\x00-\x7f])/g, '$$$$');
}
