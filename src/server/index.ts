export type { Visitor } from '../policy/normalize.ts';
export { collectReports, type ReportedHost } from './collect-reports.ts';
export { contentSecurityPolicy, type Shield } from './content-security-policy.ts';
export { readReceipt, type ServerConsent } from './read-receipt.ts';
export { ShieldError } from './shield-error.ts';
export type { ShieldOptions } from './shield-options.ts';
export type { SitePolicy } from './site-policy.ts';
