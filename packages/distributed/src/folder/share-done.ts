/** A process that works apart from others has done its share: what else there is to do falls to them. */
export class ShareDone extends Error {
  constructor() {
    super('the share of this process is done');
    this.name = 'ShareDone';
  }
}
