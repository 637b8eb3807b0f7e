export {
  type CategoryProfile,
  type ColumnProfile,
  type NumericProfile,
  PROFILE_QUANTILES,
} from './profile/column-profile.js';
export type { Histogram } from './profile/histogram.js';
export type { Moments } from './profile/moments.js';
export type { Outliers } from './profile/outliers.js';
export {
  type CorrelationMatrix,
  type NamedTarget,
  type ProfileOptions,
  profile,
  type TableProfile,
} from './profile/profile.js';
export type { RateBin, TargetRelation } from './profile/target-relation.js';
export type { LevelCount } from './profile/top-levels.js';
export type { ProfileWarning } from './profile/warnings.js';
