/** Why there is no answer: something else was asked for in the meantime, or it took too long. */
export type Unanswered = 'superseded' | 'too long';

/**
 * Asks workers one question at a time: a new one ends the one before.
 *
 * Each question has a worker of its own, because a program of somebody may leave anything behind. The next worker
 * is started in advance: starting takes most of the time.
 */
export class Workers<Question, Answer extends object> {
  private ready?: Promise<Worker>;
  private turn = 0;
  private stop?: () => void;

  public constructor(
    private readonly start: () => Promise<Worker>,
    private readonly seconds: number,
  ) {}

  public async ask(question: Question): Promise<Answer | Unanswered> {
    const turn = ++this.turn;
    this.stop?.();
    const worker = await (this.ready ??= this.startReady());
    if (turn !== this.turn) return 'superseded';
    this.ready = this.startReady();
    return this.answerOf(worker, question);
  }

  private answerOf(worker: Worker, question: Question): Promise<Answer | Unanswered> {
    return new Promise(resolve => {
      const end = (answer: Answer | Unanswered) => {
        clearTimeout(limit);
        worker.terminate();
        resolve(answer);
      };
      const limit = setTimeout(() => end('too long'), this.seconds * 1000);
      this.stop = () => end('superseded');
      worker.onmessage = ({ data }) => end(data);
      worker.postMessage(question);
    });
  }

  /** A worker says when it can be asked: how long that takes is no fault of the question. */
  private async startReady(): Promise<Worker> {
    const worker = await this.start();
    await new Promise((resolve, reject) => {
      worker.onmessage = resolve;
      worker.onerror = () => reject(new Error('A part of the playground could not be loaded'));
    });
    return worker;
  }
}
