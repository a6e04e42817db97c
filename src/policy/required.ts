import type { Category } from '../types.ts';

/**
 * Whether a category is granted without being asked. The four that consent is for can't be declared
 * required (R18, R21).
 */
export const isRequiredCategory = ({ id, required }: Pick<Category, 'id' | 'required'>): boolean =>
  id === 'essential' ||
  (required === true && !/^(analytics|preference|personalization|performance)$/.test(id));
