export { default as isDeepStrictEqual } from 'fast-deep-equal';
