export { type Build, describeBuild, readBuild } from './build.js';
export { type FolderExecutorOptions, folderExecutor } from './folder/folder-executor.js';
export { ShareDone } from './folder/share-done.js';
export type { OnMessage } from './redis/connect.js';
export { type RedisExecutorOptions, redisExecutor } from './redis/redis-executor.js';
export { type RunningWorker, startWorker, type WorkerOptions } from './redis/start-worker.js';
