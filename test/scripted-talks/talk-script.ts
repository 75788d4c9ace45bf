import type { MeetingKind } from '../../src/core/model.ts';

/** A meeting written for tests, with what a careful reader would note of it. */
export interface TalkScript {
  readonly name: string;
  readonly language: 'en' | 'zh';
  readonly kind: MeetingKind;
  /** When it is set to have taken place; the zone is that of the readers' wall clock. */
  readonly heldAt: string;
  readonly timeZone: string;
  /** `[speaker, text]` in order. */
  readonly turns: readonly (readonly [string, string])[];
  /** Texts are stretches of the sentence that tells it. */
  readonly actions: readonly {
    readonly text: string;
    readonly owner: string | null;
    readonly dueDate: string | null;
  }[];
  readonly decisions: readonly string[];
  /** Every question about the matter; `answer` null: left open. */
  readonly questions: readonly {
    readonly text: string;
    readonly askedBy: string;
    readonly answer: string | null;
    readonly answeredBy: string | null;
  }[];
}
