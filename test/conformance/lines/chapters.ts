import type { Chapter } from './chapter';
import { BACKUPS } from './chapters/backups';
import { OPERATIONS } from './chapters/operations';
import { LEGACY } from './chapters/legacy';
import { RESTORES } from './chapters/restores';
import { SCHEDULES } from './chapters/schedules';

/** Every story of 0.9 and 1.2 that was recorded and can be told here. */
export const CHAPTERS: readonly Chapter[] = [...BACKUPS, ...SCHEDULES, ...OPERATIONS, ...RESTORES, ...LEGACY];
