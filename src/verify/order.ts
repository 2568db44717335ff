import type { EventOf, JournalEvent } from "../core/journal.ts";
import { atLine, type Finding } from "./findings.ts";
import { OutcomesSoFar } from "./outcomes-so-far.ts";
import { SealedStep } from "./sealed-step.ts";

/** How far a child has come. */
interface Child {
  requested: boolean;
  answered: boolean;
  /** The agent in its answer; undefined before that was read. */
  agent: string | null | undefined;
  judged: boolean;
}

/**
 * Whether the events can have happened in this order: nothing is asked for that was answered, nothing judged
 * before it was offered, nothing decided before all was judged, and nothing of it after the held-out tasks were
 * opened. Finds the first event that cannot have come where it stands, since what follows hangs on it.
 */
export function checkOrder(events: readonly JournalEvent[]): Finding[] {
  const order = new Order();
  for (const [index, event] of events.entries()) {
    const problem = order.problemOf(event);
    if (problem !== null) return [{ where: atLine(index + 1), words: problem }];
  }
  return [];
}

/** What has happened so far, as far as it says what may come next. */
class Order {
  #before: JournalEvent["type"] | null = null;
  #started: EventOf<"run-started"> | null = null;
  #ended: EventOf<"run-ended"> | null = null;
  /** The generation that is open. */
  #generation = 0;
  #children = new Map<number, Child>();
  /** Of the open generation. */
  #outcomes = new OutcomesSoFar();
  #decided = false;
  #isPerfect = false;
  #sealed: SealedStep | null = null;

  /** Why the event cannot come next, or null where it can; then it has happened. */
  problemOf(event: JournalEvent): string | null {
    const problem = this.#outsideProblem(event) ?? this.#take(event);
    this.#before = event.type;
    return problem;
  }

  #outsideProblem({ type }: JournalEvent): string | null {
    if (type === "preregistered") {
      return this.#before === null ? null : "something is registered after the run began";
    }
    if (type === "run-started") {
      if (this.#started !== null) return "the run begins a second time";
      return this.#before === null || this.#before === "preregistered" ? null : "it begins late";
    }
    if (this.#started === null) return `${type} comes before the run has begun`;
    if (this.#ended === null) return null;
    const { ended } = this.#ended;
    if (ended === "completed" || ended === "perfect") return `${type} comes after the run's end`;
    return type === "run-resumed"
      ? null
      : `${type} comes after the run was ${ended} and not resumed`;
  }

  #take(event: JournalEvent): string | null {
    switch (event.type) {
      case "preregistered":
        return null;
      case "run-started":
        this.#started = event;
        return null;
      case "run-resumed":
        this.#ended = null;
        return null;
      case "request":
      case "request-failed":
      case "response":
        return this.#takeExchange(event);
      case "candidate":
        return this.#takeCandidate(event);
      case "outcome":
        return this.#takeOutcome(event);
      case "judged":
        return this.#takeJudged(event);
      case "decision":
        return this.#takeDecision(event);
      case "generation-closed":
        return this.#takeClosed(event);
      case "held-out-opened":
        return this.#takeOpened(event);
      case "held-out-outcome":
      case "held-out-scored":
        if (this.#sealed === null) return "the held-out tasks have not been opened";
        return this.#sealed.problemOf(event);
      case "run-ended":
        return this.#takeEnded(event);
    }
  }

  #takeExchange(event: EventOf<"request" | "request-failed" | "response">): string | null {
    const problem = this.#outOfPlace(event);
    if (problem !== null) return problem;
    if (event.generation === 0) return "the seed is not asked for";
    const child = this.#child(event.child);
    if (child.answered) return `child ${event.child} has its answer already`;
    if (event.type === "request") child.requested = true;
    else if (!child.requested) return `nothing was asked for child ${event.child}`;
    if (event.type === "response") child.answered = event.proposal !== null;
    return null;
  }

  #takeCandidate(event: EventOf<"candidate">): string | null {
    const problem = this.#outOfPlace(event);
    if (problem !== null) return problem;
    const child = this.#child(event.child);
    if (event.generation > 0 && !child.answered) return `child ${event.child} has no answer yet`;
    if (child.agent !== undefined) return `child ${event.child} has been read already`;
    child.agent = event.agent_sha256;
    return null;
  }

  #takeOutcome({ generation, agent_sha256, task_id }: EventOf<"outcome">): string | null {
    const problem = this.#wrongGeneration(generation);
    if (problem !== null) return problem;
    const isOffered = [...this.#children.values()].some(({ agent }) => agent === agent_sha256);
    if (!isOffered) return "an outcome of an agent that this generation has not offered";
    return this.#outcomes.add(agent_sha256, task_id, this.#started?.tasks ?? []);
  }

  #takeJudged(event: EventOf<"judged">): string | null {
    const problem = this.#outOfPlace(event);
    if (problem !== null) return problem;
    const child = this.#child(event.child);
    if (child.agent === undefined) return `child ${event.child} is judged before it was read`;
    if (child.judged) return `child ${event.child} is judged a second time`;
    child.judged = true;
    if (event.status === "invalid") return null;
    if (child.agent === null) return `child ${event.child} holds no agent that could be judged`;
    return this.#outcomes.lacking(child.agent, this.#started?.tasks ?? []);
  }

  #takeDecision(event: EventOf<"decision">): string | null {
    const problem = this.#outOfPlace(event);
    if (problem !== null) return problem;
    if (event.generation === 0) return "the seed is not decided on";
    if (this.#decided) return `generation ${event.generation} is decided a second time`;
    this.#decided = true;
    return this.#unjudged();
  }

  #takeClosed({ generation, passed }: EventOf<"generation-closed">): string | null {
    const problem = this.#wrongGeneration(generation);
    if (problem !== null) return problem;
    if (generation > 0 && !this.#decided) return `generation ${generation} is closed undecided`;
    const unjudged = this.#unjudged();
    if (unjudged !== null) return unjudged;
    this.#isPerfect = passed === this.#started?.tasks.length;
    this.#generation++;
    this.#children = new Map();
    this.#outcomes = new OutcomesSoFar();
    this.#decided = false;
    return null;
  }

  #takeOpened(event: EventOf<"held-out-opened">): string | null {
    if (this.#sealed !== null) return "the held-out tasks are opened a second time";
    if (!this.#hasAllGenerations || this.#children.size > 0) {
      return "the held-out tasks are opened before the last generation is closed";
    }
    this.#sealed = new SealedStep(event.agents, this.#started?.held_out ?? []);
    return null;
  }

  #takeEnded(event: EventOf<"run-ended">): string | null {
    this.#ended = event;
    if (event.ended === "budget" && this.#sealed !== null) {
      return "the budget cannot end a run that asks for nothing any more";
    }
    if (event.ended !== "completed" && event.ended !== "perfect") return null;
    if (event.problem !== null) return `the run is ${event.ended}, and yet had a problem`;
    if (!this.#hasAllGenerations || this.#children.size > 0) {
      return `the run is ${event.ended} with generations missing`;
    }
    const hasHeldOut = (this.#started?.held_out.length ?? 0) > 0;
    if (hasHeldOut && this.#sealed?.isComplete !== true) {
      return `the run is ${event.ended} with held-out scores missing`;
    }
    const early = this.#stoppedEarly ? "perfect" : "completed";
    return event.ended === early ? null : `the run is ${event.ended}, not ${early}`;
  }

  get #stoppedEarly(): boolean {
    const settings = this.#started?.facts.settings;
    if (settings?.early_stop !== true || !this.#isPerfect) return false;
    return this.#generation - 1 < settings.generations;
  }

  get #hasAllGenerations(): boolean {
    const generations = this.#started?.facts.settings.generations ?? 0;
    return this.#generation > generations || (this.#generation > 0 && this.#stoppedEarly);
  }

  #outOfPlace({ generation, child }: { generation: number; child: number }): string | null {
    const most = this.#started?.facts.settings.candidates ?? 1;
    const isChild = generation === 0 ? child === 0 : child >= 1 && child <= most;
    if (!isChild) return `generation ${generation} has no child ${child}`;
    return this.#wrongGeneration(generation);
  }

  #wrongGeneration(generation: number): string | null {
    if (this.#sealed !== null) return "it comes after the held-out tasks were opened";
    if (generation > 0 && this.#hasAllGenerations) return "it comes after the last generation";
    return generation === this.#generation
      ? null
      : `it is of generation ${generation}, while generation ${this.#generation} is open`;
  }

  #unjudged(): string | null {
    const { candidates = 1 } = this.#started?.facts.settings ?? {};
    const wanted = this.#generation === 0 ? 1 : candidates;
    const judged = [...this.#children.values()].filter((child) => child.judged).length;
    return judged === wanted ? null : `${judged} of ${wanted} children are judged`;
  }

  #child(number: number): Child {
    const child = this.#children.get(number) ?? {
      requested: false,
      answered: false,
      agent: undefined,
      judged: false,
    };
    this.#children.set(number, child);
    return child;
  }
}
