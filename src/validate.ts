export { parsePolicy } from './policy/parse.ts';
export type { Problem } from './policy/problems.ts';
export { validatePolicy } from './policy/validate.ts';
