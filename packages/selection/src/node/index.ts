export { folderCache } from './folder-cache.js';
export { threadExecutor } from './thread-executor.js';
