/**
 * Reads the part of JSON Schema 2020-12 that our schemas are written in, and refuses a schema that says more than it
 * understands: a rule that nobody checks would look like one that holds.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };
type Schema = { readonly [key: string]: Json };

const isObject = (value: unknown): value is Schema =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const asSchema = (value: unknown): Schema => {
  if (!isObject(value)) throw new Error(`no schema: ${JSON.stringify(value)}`);
  return value;
};
const isSame = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other);
const typeOf = (value: unknown) =>
  value === null ? 'null' : Array.isArray(value) ? 'array' : (typeof value as string);

/** Says nothing about what is valid; `pattern` says what `format` would. */
const NOTES = new Set(['$schema', '$id', '$defs', 'title', 'description', 'format']);

type Keyword = (rule: Json, value: unknown, schema: Schema, root: Schema, at: string) => string[];

const fails = (isFine: boolean, at: string, why: string) => (isFine ? [] : [`${at || '/'}: ${why}`]);

const KEYWORDS: Readonly<Record<string, Keyword>> = {
  type: (rule, value, _, __, at) => fails(typeOf(value) === rule, at, `is no ${rule}`),
  const: (rule, value, _, __, at) => fails(isSame(value, rule), at, `is not ${rule}`),
  enum: (rule, value, _, __, at) =>
    fails(
      Array.isArray(rule) && rule.some((one) => isSame(value, one)),
      at,
      `is none of ${JSON.stringify(rule)}`,
    ),
  pattern: (rule, value, _, __, at) =>
    fails(
      typeof value !== 'string' || new RegExp(String(rule), 'u').test(value),
      at,
      `does not match ${rule}`,
    ),
  minLength: (rule, value, _, __, at) =>
    fails(typeof value !== 'string' || [...value].length >= Number(rule), at, 'is too short'),
  maxLength: (rule, value, _, __, at) =>
    fails(typeof value !== 'string' || [...value].length <= Number(rule), at, 'is too long'),
  required: (rule, value, _, __, at) =>
    Array.isArray(rule) && isObject(value)
      ? rule.flatMap((name) => fails(Object.hasOwn(value, String(name)), at, `has no ${name}`))
      : [],
  properties: (rule, value, _, root, at) =>
    isObject(value)
      ? Object.entries(asSchema(rule)).flatMap(([name, schema]) =>
          Object.hasOwn(value, name) ? check(asSchema(schema), value[name], root, `${at}/${name}`) : [],
        )
      : [],
  additionalProperties: (rule, value, schema, root, at) => {
    if (!isObject(value)) return [];
    const known = asSchema(schema['properties'] ?? {});
    return Object.keys(value)
      .filter((name) => !Object.hasOwn(known, name))
      .flatMap((name) =>
        rule === false
          ? [`${at}/${name}: is unknown`]
          : check(asSchema(rule), value[name], root, `${at}/${name}`),
      );
  },
  propertyNames: (rule, value, _, root, at) =>
    isObject(value)
      ? Object.keys(value).flatMap((name) => check(asSchema(rule), name, root, `${at}/${name}`))
      : [],
  oneOf: (rule, value, _, root, at) => {
    const fitting = Array.isArray(rule)
      ? rule.filter((one) => check(asSchema(one), value, root, at).length === 0)
      : [];
    return fails(fitting.length === 1, at, `fits ${fitting.length} of ${JSON.stringify(rule)}`);
  },
  $ref: (rule, value, _, root, at) => {
    const [file, path = ''] = String(rule).split('#');
    const other = file ? readSchema(file) : root;
    const target = path
      .split('/')
      .slice(1)
      .reduce<unknown>((parent, name) => asSchema(parent)[name], other);
    return check(asSchema(target), value, other, at);
  },
};

function check(schema: Schema, value: unknown, root: Schema, at: string): string[] {
  return Object.entries(schema).flatMap(([name, rule]) => {
    if (NOTES.has(name)) return [];
    const keyword = Object.hasOwn(KEYWORDS, name) ? KEYWORDS[name] : undefined;
    if (!keyword) throw new Error(`a keyword that is not understood: ${name}`);
    return keyword(rule, value, schema, root, at);
  });
}

/** A schema of docs/. */
export function readSchema(file: string): Schema {
  return asSchema(JSON.parse(readFileSync(join(import.meta.dirname, '../../docs', file), 'utf8')));
}

/** What is wrong with a value; empty where it is valid. */
export function validate(schema: Schema, value: unknown): string[] {
  return check(schema, value, schema, '');
}
