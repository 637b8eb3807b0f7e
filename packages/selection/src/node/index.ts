export { folderCache } from './folder-cache.js';
export { readShared, type SharedData, shareData } from './shared-data.js';
export { threadExecutor } from './thread-executor.js';
