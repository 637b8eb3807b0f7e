/** Thrown when a process that works apart from others has done its share of a search. */
export class ShareDone extends Error {
  constructor() {
    super('this process has done its share of the search');
    this.name = 'ShareDone';
  }
}
