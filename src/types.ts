/**
 * Every public type. Shapes, units, defaults, errors and sources are written where a type is, because these
 * comments are what an editor shows to the person who integrates the SDK.
 */
export type * from './types/decision.ts';
export type * from './types/events.ts';
export type * from './types/handle.ts';
export type * from './types/options.ts';
export type * from './types/policy.ts';
export type * from './types/service.ts';
export type * from './types/signals.ts';
export type * from './types/tcf.ts';
