/** Names as jsii writes them in other languages. */

/** successThreshold: success_threshold. */
export function snakeCase(name: string): string {
  return name.replace(/[A-Z]/g, letter => `_${letter.toLowerCase()}`);
}

/** successThreshold: SuccessThreshold. */
export function pascalCase(name: string): string {
  return name[0].toUpperCase() + name.slice(1);
}

/** WaitForService: wait-for-service, the name of its page. */
export function kebabCase(name: string): string {
  return snakeCase(name).slice(1).replaceAll('_', '-');
}
