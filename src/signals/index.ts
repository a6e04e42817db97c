export type {
  Signal,
  SignalDefinition,
  SignalLink,
  SignalName,
  SignalOptions,
  SignalSettings,
  TermRule,
  Terms,
} from '../types.ts';
export { callWhenReady, type VendorCall } from './kit/call-when-ready.ts';
export { defineSignal } from './kit/define-signal.ts';
export { inWords } from './kit/in-words.ts';
export { putFirst } from './kit/put-first.ts';
export { queueOf, type VendorQueue } from './kit/queue-of.ts';
export { type TagLayer, tagLayer } from './kit/tag-layer.ts';
export { useWhenReady, type VendorTool } from './kit/use-when-ready.ts';
