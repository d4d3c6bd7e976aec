/** Every copy of a value in which one thing, however deep, is another one. */
export function variants(value: unknown, other: unknown): unknown[] {
  if (!(value instanceof Object)) return [other];
  const copies = Object.entries(value).flatMap(([key, each]) =>
    variants(each, other).map(changed =>
      Array.isArray(value)
        ? value.map((one, index) => index === Number(key) ? changed : one)
        : { ...value, [key]: changed }));
  return [other, ...copies];
}
