import type { Story } from './story';
import { backups } from './stories/backups';
import { repositories } from './stories/repositories';
import { restores } from './stories/restores';
import { schedules } from './stories/schedules';

export const STORIES: readonly Story[] = [...repositories, ...backups, ...schedules, ...restores];
