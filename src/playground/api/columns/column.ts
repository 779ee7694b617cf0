import type { AnyObject } from '../../../kubeblocks/objects';

/** A column of a `Table`, as `kubectl get` prints it. */
export interface Column {
  readonly name: string;
  readonly type: string;
  readonly format: string;
  readonly description: string;
  /** Above 0 it shows with `-o wide` alone. */
  readonly priority: number;
  /** `now` in ms since the epoch. */
  readonly cell: (object: AnyObject, now: number) => unknown;
}

export function column(name: string, cell: Column['cell'], extra: Partial<Omit<Column, 'name' | 'cell'>> = {}): Column {
  return { name, type: 'string', format: '', description: '', priority: 0, cell, ...extra };
}

export const NAME = column('Name', ({ metadata }) => metadata.name, { format: 'name' });

export const WIDE = { priority: 1 };
