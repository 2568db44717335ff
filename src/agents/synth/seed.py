"""metai's synthesiser: generation 0 of a keyless run.

The contract: an agent is one Python file that defines `solve(prompt, entry_point)`. It is given a
HumanEval prompt (imports, a signature, a docstring) and the name of the function to write. It returns
the function's body.

How it works. The prompt's docstring shows examples: calls and what they return. The agent builds
expressions over the arguments, cheapest first, out of a few operations, and computes the value of each
on every example. Of the expressions with equal values it keeps the first. One that gives every example's
result is an answer. Where the results tell what an item of a list must become, or what is missing beside
one expression, it looks for that among what it has instead of building everything.

What it can build with stands in blocks between "[parts begin]" and "[parts end]". As the seed, it can
add, subtract, and take a length. metai's search proposer rewrites the blocks: it puts in others, takes
some out, changes their order and their constants. Nothing here uses a clock or chance, so that the same
agent gives the same answers everywhere.
"""

import ast
import functools
import gc
import itertools
import marshal
import re

# --- What the blocks fill -------------------------------------------------------------------------

OPERATIONS = []  # ways to compute a value from values
LOOPS = []  # ways to compute a value from what an expression gives for each item of a list
CONSTANTS = []  # Python literals, as text
READERS = []  # functions beside read_calls, (docstring, task) -> pairs of texts: a call's arguments, its result
SHORTCUTS = []  # functions (task) -> a body or None, asked before the search
FALLBACKS = []  # the same, asked when the search has found nothing
RANKINGS = []  # functions (expression, task) -> a number to add to the cost of an answer
PRIORS = []  # functions (operation, task) -> a number to add to the cost of an operation
MATCHES = []  # functions (values, results) -> whether these are as good as equal
DEFINITIONS = {}  # what generated code may use beside builtins: a name -> its source
NAMES = {}  # the same, as values

KINDS = {int: "i", float: "f", bool: "b", str: "s", list: "l", tuple: "t", dict: "d", type(None): "0"}
SEPARATOR = r"^\s*(#?\s*(==+>?|=>|-+>|➞|→|=|:)|(should |must |will )?(returns?|gives?|is)\b|#|\s)\s*"
PLAIN = r"\b(list|tuple|dict|str|int|item|each|for|len|math|itertools|not|and|key|lambda)\b"  # says nothing of what code does
ACCEPTED = {"n": "ifn", "r": "lt", "q": "slt", "o": "ifnst", "a": "ifnbsltd0m"}


class Operation:
    """`code` is a Python expression over {a}, {b} and {c}; `takes` has a letter for the kind of each.

    The letters: i an int, n a number, b a bool, s a str, l a list, t a tuple, r a list or tuple, d a dict, q a
    list, tuple or str, o what has an order, a anything. `when` is a condition over a, b and c without which the
    code would be too costly to run. `run` computes all examples' values at once, from expressions for a, b and c.
    `other` is an expression for b over a and the result r, where these two tell it: the search then works backwards.
    `words` are the name's and the code's, by which blocks may tell whether a prompt speaks of it.
    """

    def __init__(self, name, code, takes, when="", cost=3, other=""):
        self.name, self.code, self.cost = name, code, cost
        self.takes = [ACCEPTED.get(letter, letter) for letter in takes]
        self.fills = "abc"[: len(takes)]
        source = code.format(**{letter: letter for letter in self.fills})
        guarded = f"({source}) if ({when}) else stop()" if when else source
        names = [f"for_{letter}" for letter in self.fills]
        columns = ", ".join(f"{name}.values" for name in names)
        rows = columns if len(names) == 1 else f"zip({columns})"
        self.run = eval(f"lambda {', '.join(names)}: [{guarded} for {', '.join(self.fills)} in {rows}]", NAMES)
        self.other = eval(f"lambda *columns: [{other} for r, a in zip(*columns)]", NAMES) if other else None
        self.words = words_of(f"{name} {re.sub(PLAIN, '', code)}")


class Loop:
    """`code` is an expression over {items}, {each} and {body}; `gather` computes it from `items` and `bodies`.

    `needs` is an expression for the bodies over the items and the result r, where these tell them, and `makes` is the kind of
    what the loop then makes, found by having it make something of no items. `run` and `needs` compute all examples' values at once.
    """

    def __init__(self, name, code, gather, takes, cost=3, needs=""):
        self.name, self.code, self.cost = name, code, cost
        self.takes = ACCEPTED.get(takes, takes)
        self.fills = ("items", "body", "each")
        self.run = eval(f"lambda *columns: [{gather} for items, bodies in zip(*columns)]", NAMES)
        self.needs = eval(f"lambda *columns: [{needs} for items, r in zip(*columns)]", NAMES) if needs else None
        self.makes = kind_of(self.run([()], [()])) if needs else None
        self.words = words_of(name)


def op(*parts, **options):
    OPERATIONS.append(Operation(*parts, **options))


def loop(*parts, **options):
    LOOPS.append(Loop(*parts, **options))


def constants(*literals):
    CONSTANTS.extend(literals)


def define(name, source):
    """Lets generated code use a name; `source` is a def or an import."""
    DEFINITIONS[name] = source
    exec(source, NAMES)


def stop():
    raise OverflowError("too costly to compute")


NAMES["stop"] = stop
gc.disable()  # what the search makes is needed until it ends; looking for garbage would take a quarter of the time

# --- What blocks may change, and what holds where none does ---------------------------------------

EFFORT = 400000  # evaluations for a task, each charged by the size of what it computes
PATIENCE = 0  # how much dearer than the best answer others may be that are still looked for
SPACE_SHARE = 0.5  # of the evaluations for expressions over the arguments
WIDE_SHARE = 0.01  # of the evaluations before these are of operations only that can give the result
ITEMS_SHARE = 0.2  # of the evaluations for expressions over the items of one list
LISTS = 40  # how many lists have their items looked at

# --- The task -------------------------------------------------------------------------------------


class Task:
    """What a prompt shows: the arguments' names, the examples, the words."""

    def __init__(self, prompt, entry_point):
        self.prompt, self.entry_point = prompt, entry_point
        function = find_function(prompt, entry_point)
        self.arguments = [argument.arg for argument in function.args.args]
        self.returns = ast.unparse(function.returns) if function.returns else ""
        self.docstring = ast.get_docstring(function) or ""
        self.words = words_of(f"{entry_point} {self.docstring}")
        self.examples = self.read_examples()
        self.results = [result for _, result in self.examples]

    def read_examples(self):
        """Pairs (arguments, result) of the calls in the docstring whose values are literals."""
        examples = []
        for reader in [read_calls, *READERS]:
            for call, result in reader(self.docstring, self):
                arguments = literal(f"({call},)" if call.strip() else "()")
                value = longest_literal(result)
                if arguments is None or value is None or len(arguments[0]) != len(self.arguments):
                    continue
                example = (arguments[0], value[0])
                if example not in examples:
                    examples.append(example)
        return examples[:12]


def read_calls(docstring, task):
    """The calls in a docstring, and what follows each in its line or in the next as its result."""
    for found in re.finditer(rf"\b{task.entry_point}\(", docstring):
        for end in range(found.end(), min(len(docstring), found.end() + 400)):
            call = docstring[found.end() : end]
            if docstring[end] == ")" and literal(f"({call},)" if call.strip() else "()"):
                yield call, re.sub(SEPARATOR, "", docstring[end + 1 :]).split("\n")[0]
                break


def find_function(prompt, entry_point):
    for node in ast.parse(prompt).body:
        if isinstance(node, ast.FunctionDef) and node.name == entry_point:
            return node
    raise ValueError("the prompt has no such function")


def literal(text):
    """A literal's value in a list of one, or None: None is a value too."""
    try:
        return [ast.literal_eval(text.strip())]
    except (ValueError, SyntaxError, TypeError, MemoryError, RecursionError):
        return None


def longest_literal(text):
    """The longest start of a text that is a literal."""
    text = text.strip()[:400]
    for end in range(len(text), 0, -1):
        if text[end - 1] in "])}\"'0123456789eE.":
            value = literal(text[:end])
            if value is not None:
                return value
    return None


def words_of(text):
    """The words of a text that have three letters or more, each once, in their order."""
    return list(dict.fromkeys(stem(word) for word in re.findall("[a-z]{3,}", text.lower())))


def stem(word):
    """A word without its usual endings, so that "sorted" and "sorting" are one."""
    for ending in ("ing", "ed", "es", "s", "e"):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word[: -len(ending)]
    return word


# --- The search -----------------------------------------------------------------------------------

LARGEST = 20000  # bytes that the values of an expression may take, so that none exhausts the memory
BACKWARDS_SHARE = 0.2  # of the evaluations for what the items of a list must become to give the results
BACKWARDS_COST = 4  # up to what cost that is looked for
HALVES_SHARE = 0.1  # of the evaluations, kept for the end, for two expressions that together give the results


class Expression:
    """An operation or a loop, as `form`, of other expressions, as `parts`. A name or a literal has its text for parts.

    `values` are its values, one for each example (or item); `used` says by bits which arguments and operations it uses.
    """

    __slots__ = ("form", "parts", "values", "kind", "cost", "used")

    def __init__(self, form, parts, values, kind, cost, used):
        self.form, self.parts, self.values, self.kind, self.cost, self.used = form, parts, values, kind, cost, used

    @property
    def code(self):
        """Its Python code, put together only for the few expressions that are asked for it."""
        if self.form is None:
            return self.parts
        texts = [wrapped(part.code) for part in self.parts]
        return self.form.code.format(**dict(zip(self.form.fills, texts)))


class OutOfBudget(Exception):
    """The search, or one of its spaces, has spent the evaluations that it was given."""


def kind_of(values):
    """One letter for the type of all values; m where they differ."""
    types = set(map(type, values))
    if len(types) == 1:
        return KINDS.get(types.pop(), "?")
    kinds = [KINDS.get(found, "?") for found in types]
    return "n" if all(kind in "if" for kind in kinds) else "?" if "?" in kinds else "m"


class Space:
    """All expressions over some variables, by cost, no two of them with the same values.

    `own` has the bits of these variables. Operations that use none of them are not tried.
    """

    def __init__(self, search, count, terms, share, own):
        self.search, self.count, self.terms, self.own = search, count, terms, own
        self.left = EFFORT * share
        self.levels = [{}]
        self.seen = {}  # each by its values
        self.right = set()  # values that are as good as every example's result
        self.lists = {}  # of a complete level's expressions, those that have one of some kinds

    def grow(self):
        """Adds the expressions of the next cost, as far as the budget allows."""
        cost = len(self.levels)
        self.levels.append({})
        try:
            for form, parts, values, used in self.terms.get(cost, ()):
                self.add(form, parts, values, cost, used)
            for operation, price in self.search.operations:
                if operation.gives and self.search.kind not in operation.gives and self.is_narrow():
                    continue
                for costs in splits(cost - price, len(operation.takes)):
                    self.apply(operation, costs, cost)
        except OutOfBudget:
            pass

    def is_narrow(self):
        """Whether operations are passed over that have given values of other kinds than the results' only."""
        return self is self.search.space and self.search.left < EFFORT * (1 - WIDE_SHARE)

    def apply(self, operation, costs, cost):
        choices = [self.of_kinds(at, kinds) for at, kinds in zip(costs, operation.takes)]
        run, bit, own, search, price = operation.run, operation.bit, self.own, self.search, 1 + self.count
        for parts in itertools.product(*choices):
            used = bit
            for part in parts:
                used |= part.used
            if not used & own:
                continue
            self.left -= price
            search.left -= price
            if self.left < 0 or search.left < 0:
                raise OutOfBudget
            try:
                values = run(*parts)
            except Exception:
                continue
            self.add(operation, parts, values, cost, used)

    def add(self, form, parts, values, cost, used):
        try:
            key = marshal.dumps(values, 0)
        except ValueError:
            return
        known = self.seen.get(key)
        kind = known.kind if known else kind_of(values)
        if kind == "?":
            return
        if form is not None:
            form.gives.add(kind)
        price = 1 + (len(key) >> 5)
        self.left -= price
        self.search.left -= price
        if known is None:
            if len(key) > LARGEST:
                return
            expression = self.seen[key] = Expression(form, parts, values, kind, cost, used)
            self.levels[cost].setdefault(kind, []).append(expression)
            if self is self.search.space and self.search.is_right(values, kind, key):
                self.right.add(key)
        if key in self.right:
            self.search.note(Expression(form, parts, values, kind, cost, used))

    def of_kinds(self, cost, kinds):
        """The expressions of a cost that have one of some kinds."""
        level = self.levels[cost]
        if len(kinds) == 1:
            return level.get(kinds, ())
        found = self.lists.get((cost, kinds))
        if found is None:
            found = [expression for kind in kinds for expression in level.get(kind, ())]
            if cost < len(self.levels) - 1:
                self.lists[cost, kinds] = found
        return found

    def find(self, goal):
        """The cheapest expression known whose values are the goal's, or made of two that are known; or None."""
        key, kind = marshal.dumps(goal, 0), kind_of(goal)
        known = self.seen.get(key)
        if known:
            return known if known.used & self.own else None
        return min(self.halves(goal, key, kind), key=lambda found: found.cost, default=None)

    def halves(self, goal, key, kind):
        """The operations that give the goal of two known expressions, where the first and the goal tell the second."""
        for cost in range(len(self.levels)):
            for operation, price in self.search.operations:
                if not operation.other or operation.gives and kind not in operation.gives:
                    continue
                for first in self.of_kinds(cost, operation.takes[0]):
                    self.search.left -= 1 + self.count
                    if self.search.left < 0:
                        return
                    try:
                        second = self.seen.get(marshal.dumps(operation.other(goal, first.values), 0))
                        if second is None or second.kind not in operation.takes[1]:
                            continue
                        fits = marshal.dumps(operation.run(first, second), 0) == key
                    except Exception:
                        continue
                    used = operation.bit | first.used | second.used
                    if fits and used & self.own:
                        yield Expression(operation, (first, second), goal, kind, first.cost + second.cost + price, used)


class Items:
    """A list, and all expressions over its items, one value for each item of each example."""

    def __init__(self, search, expression):
        self.search, self.expression = search, expression
        lengths = [len(value) for value in expression.values]
        ends = list(itertools.accumulate(lengths))
        self.slices = [slice(end - length, end) for end, length in zip(ends, lengths)]  # of each example's items
        each = [item for value in expression.values for item in value]
        name = "each"
        while name in search.task.arguments:
            name += "_"
        self.each = Expression(None, name, each, kind_of(each), 1, 0)
        own = search.each_bit
        terms = {1: [(None, name, each, own)]}
        if each and all(type(item) in (tuple, list) and len(item) == 2 for item in each):
            terms[1] += [(None, f"{name}[{at}]", [item[at] for item in each], own) for at in (0, 1)]
        for cost in range(1, 1 + min(3, len(search.space.levels) - 1)):
            for outer in search.space.of_kinds(cost, ACCEPTED["a"]):
                search.left -= len(each) >> 2
                spread = list(itertools.chain.from_iterable(map(itertools.repeat, outer.values, lengths)))
                terms.setdefault(cost, []).append((outer.form, outer.parts, spread, outer.used))
        self.space = Space(search, len(each), terms, ITEMS_SHARE, own)

    def bodies(self, cost, kinds):
        while len(self.space.levels) <= cost:
            self.space.grow()
        return self.space.of_kinds(cost, kinds)

    def find(self, goal):
        """The body whose values are the goal's, or None."""
        self.bodies(BACKWARDS_COST, ACCEPTED["a"])
        return self.space.find(goal)

    def values(self, loop, body):
        return loop.run(self.expression.values, map(body.values.__getitem__, self.slices))


class Search:
    """Enumerates expressions, cheapest first, until the budget of evaluations is spent or an answer stands."""

    def __init__(self, task):
        self.task, self.left, self.answers = task, EFFORT * (1 - HALVES_SHARE), []
        self.left_backwards = EFFORT * BACKWARDS_SHARE
        self.kind = kind_of(task.results)
        self.key = marshal.dumps(task.results, 0)
        self.operations = [(operation, self.price(operation)) for operation in OPERATIONS]
        self.loops = [(loop, self.price(loop)) for loop in LOOPS]
        for at, (operation, _) in enumerate(self.operations + self.loops):
            operation.gives = set()  # the kinds of its values
            operation.bit = 1 << (at + len(task.arguments))
        self.each_bit = 1 << (len(task.arguments) + len(self.operations) + len(self.loops))
        self.argument_bits = (1 << len(task.arguments)) - 1
        terms = [(None, name, [arguments[at] for arguments, _ in task.examples], 1 << at) for at, name in enumerate(task.arguments)]
        literals = [(None, text, [literal(text)[0]] * len(task.examples), 0) for text in dict.fromkeys(CONSTANTS)]
        self.space = Space(self, len(task.examples), {1: terms, 2: literals}, SPACE_SHARE, self.argument_bits or -1)
        self.items = []

    def price(self, operation):
        return max(1, operation.cost + sum(prior(operation, self.task) for prior in PRIORS))

    def run(self):
        """The best answer's code, or None."""
        while not self.is_over():
            self.space.grow()
            try:
                self.grow_loops()
            except OutOfBudget:
                break
        best = self.best()
        if best:
            return best[2].code
        self.left = EFFORT * HALVES_SHARE
        found = self.space.find(self.task.results)
        return found.code if found and self.holds(found) else None

    def best(self):
        """The best answer that holds, behind its cost, or None."""
        while self.answers:
            best = min(self.answers)
            if self.holds(best[2]):
                return best
            self.answers.remove(best)
        return None

    def holds(self, answer):
        """Whether its code, as a function's body, has its values: not where an argument hides a name that it needs."""
        names = {}
        try:
            exec(f"def answer({', '.join(self.task.arguments)}):\n{body_of(answer.code)}", names)
            values = [names["answer"](*arguments) for arguments, _ in self.task.examples]
            return marshal.dumps(values, 0) == marshal.dumps(answer.values, 0)
        except Exception:
            return False

    def is_over(self):
        cost, best = len(self.space.levels) - 1, self.best()
        return cost > 20 or self.left < 0 or (best and cost >= best[0] + PATIENCE)

    def grow_loops(self):
        if not self.loops:
            return
        cost = len(self.space.levels) - 1
        for expression in self.space.of_kinds(cost, "slt"):
            if 0 < sum(len(value) for value in expression.values) <= 120:
                self.open_list(expression)
        for items in self.items:
            for loop, price in self.loops:
                rest = cost - items.expression.cost - price
                if rest >= 1:
                    self.close_loop(items, loop, rest, cost)

    def open_list(self, expression):
        """Looks at the items of one more list, at once where the results tell what a loop must make of them."""
        before = self.left
        goals = list(self.goals_of(expression)) if self.left_backwards > 0 else []
        if goals or len(self.items) < LISTS:
            items = Items(self, expression)
            if len(self.items) < LISTS:
                self.items.append(items)
            for loop, price, goal in goals:
                self.close_backwards(items, loop, price, goal)
        self.left_backwards -= before - self.left

    def goals_of(self, expression):
        """The loops that could give the results of a list, and what their body's values must be for that."""
        for loop, price in self.loops:
            if loop.needs:
                self.left -= 1 + self.space.count
                if loop.makes != self.kind:
                    continue
                try:
                    goals = loop.needs(expression.values, self.task.results)
                    values = loop.run(expression.values, goals)
                    fits = marshal.dumps(values, 0) == self.key and all(map(same_length, expression.values, goals))
                except Exception:
                    continue
                if fits:
                    yield loop, price, list(itertools.chain.from_iterable(goals))

    def close_backwards(self, items, loop, price, goal):
        """Notes the loop as an answer if there is a body that it needs."""
        body = items.find(goal)
        if body and body.kind in loop.takes:
            parts = (items.expression, body, items.each)
            used = items.expression.used | body.used | loop.bit
            if used & self.argument_bits:
                cost = items.expression.cost + body.cost + price
                self.note(Expression(loop, parts, self.task.results, self.kind, cost, used))

    def close_loop(self, items, loop, rest, cost):
        for body in items.bodies(rest, loop.takes):
            self.left -= 1 + self.space.count
            if self.left < 0:
                raise OutOfBudget
            try:
                values = items.values(loop, body)
            except Exception:
                continue
            parts = (items.expression, body, items.each)
            self.space.add(loop, parts, values, cost, items.expression.used | body.used | loop.bit)

    def is_right(self, values, kind, key):
        """Whether values are as good as every example's result."""
        exact = key == self.key
        close = kind == self.kind == "f" and is_close(values, self.task.results)
        return exact or close or (MATCHES and any(match(values, self.task.results) for match in MATCHES))

    def note(self, expression):
        """Keeps an answer, with its cost as the rankings see it, if it is not one by heart: it uses an argument."""
        if self.task.arguments and not expression.used & self.argument_bits:
            return
        cost = expression.cost + sum(ranking(expression, self.task) for ranking in RANKINGS)
        self.answers.append((cost, len(self.answers), expression))


def is_close(values, results):
    """Whether floats differ by no more than rounding."""
    return all(abs(value - result) <= 1e-6 for value, result in zip(values, results))


def same_length(one, other):
    return len(one) == len(other)


@functools.cache
def splits(total, count):
    """The ways to write a total as a sum of so many positive whole numbers."""
    if count == 1:
        return [(total,)] if total >= 1 else []
    return [(first, *rest) for first in range(1, total) for rest in splits(total - first, count - 1)]


def wrapped(code):
    return code if re.fullmatch(r"\w+|\w+\[\d\]", code) else f"({code})"


# --- The answer -----------------------------------------------------------------------------------


def solve(prompt: str, entry_point: str) -> str:
    task = Task(prompt, entry_point)
    for shortcut in SHORTCUTS:
        body = shortcut(task)
        if body is not None:
            return body
    code = Search(task).run() if task.examples else None
    if code is not None:
        return body_of(code)
    for fallback in FALLBACKS:
        body = fallback(task)
        if body is not None:
            return body
    return "    return None\n"


def body_of(code):
    """The body that returns an expression, after the definitions that it needs."""
    lines, wanted = [], [name for name in DEFINITIONS if re.search(rf"\b{name}\b", code)]
    for name in DEFINITIONS:
        if any(re.search(rf"\b{name}\b", DEFINITIONS[other]) for other in wanted) and name not in wanted:
            wanted.append(name)
    for name in sorted(wanted, key=list(DEFINITIONS).index):
        lines += DEFINITIONS[name].strip().splitlines()
    lines.append(f"return {ast.unparse(ast.parse(code, mode='eval'))}")
    return "".join(f"    {line}\n" for line in lines)


# --- The blocks -----------------------------------------------------------------------------------

# [parts begin]

# [part effort] How long the search goes on, and where.
EFFORT = 400000  # [10000..1000000] evaluations for a task
PATIENCE = 0  # [-4..4] how much dearer than the best answer others may be
SPACE_SHARE = 0.5  # [0.1..1] for expressions over the arguments
WIDE_SHARE = 0.01  # [0..1] before these are of operations only that can give the result
ITEMS_SHARE = 0.2  # [0.02..1] for expressions over the items of one list
LISTS = 40  # [4..200] lists that have their items looked at
# [end effort]

# [part zero-one] The numbers 0 and 1.
constants("0", "1")
# [end zero-one]

# [part add-subtract] Sums and differences of two numbers.
op("add", "{a} + {b}", "nn", other="r - a")
op("subtract", "{a} - {b}", "nn", other="a - r")
# [end add-subtract]

# [part length] The length of a sequence.
op("length", "len({a})", "q")
# [end length]

# [part policy] How metai's search proposer makes children of this agent.
EDITS_PER_CHILD = 20.0  # [1..40] mean number of edits that are tried
INSERT = 12.0  # [0.1..20] how often one puts in the part of most merit, beside the other kinds
DELETE = 0.5  # [0.1..20] takes out the part of least merit
REPLACE = 2.0  # [0.1..20] puts the one in the other's place
SPLICE = 0.2  # [0.1..20] puts one statement of a part into another
MOVE = 0.2  # [0.1..20] changes the order in which the agent tries things
CONSTANT = 0.2  # [0.1..20] changes a number
COMBINE = 2.0  # [0.1..20] takes parts from another agent of the run
DOUBT = 0.25  # [0.05..5] how far a child's view of the parts' merits strays from the record, in tasks
ADAPT = 0.5  # [0.05..1] how often a child changes this policy first
# [end policy]

# [parts end]
