export type { Category, CookieDeclaration, GateEntry, Policy, Service } from '../types.ts';
export { startGuard } from './start-guard.ts';
