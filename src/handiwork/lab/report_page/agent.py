# SPDX-License-Identifier: Apache-2.0
"""Sections on the agent: what it can do, how it works, what it learned from, how it learned.

Each is a function of the summary, or nothing where the run has nothing to show for it.
"""

from collections.abc import Mapping

from handiwork.lab.report_page.charts import bars, curve, detail, picture, policy_key, rates_row, rates_scale
from handiwork.lab.report_page.figures import count, duration, share, size, times
from handiwork.lab.report_page.markup import Child, Markup, data_uri, element
from handiwork.lab.report_page.opening import overall
from handiwork.lab.report_page.parts import facts_list, section
from handiwork.lab.summary import Pictures, Policy, Rate, Summary


def results(summary: Summary, _: Pictures) -> Markup | None:
    """Trained, untrained and random, task by task."""
    if not summary.tasks:
        return None
    every = overall(summary)
    rows = [_task_row("All tasks", every, "all")] if len(summary.tasks) > 1 else []
    order = sorted(summary.tasks, key=lambda name: (-_rate(summary.tasks[name]), name))
    rows += [_task_row(name.replace("-", " "), summary.tasks[name]) for name in order]
    scale = element("div", element("span"), element("div", rates_scale(), class_="plot-cell"), element("span"))
    episodes = {rate.episodes for task in summary.tasks.values() for rate in task.values()}
    each = f"{min(episodes)}" if len(episodes) == 1 else f"{min(episodes)} to {max(episodes)}"
    words = (
        f"Share of {each} fresh episodes a task that ended in full reward, by the task’s own verdict. Dots are rates, "
        "lines their 95 % Wilson intervals. The figure at the right is the trained agent’s."
    )
    return section(
        summary, "results", "What the agent can do", element("p", words), policy_key(),
        element("div", *rows, scale, class_="tasks"),
    )  # fmt: skip


def _rate(rates: Mapping[Policy, Rate]) -> float:
    return rates["trained"].rate if "trained" in rates else -1.0


def _task_row(name: str, rates: Mapping[Policy, Rate], kind: str | None = None) -> Markup:
    value = share(rates["trained"].rate) if "trained" in rates else ""
    return element(
        "div", element("span", name), element("div", rates_row(rates), class_="plot-cell"),
        element("span", value, class_="value"), class_=kind,
    )  # fmt: skip


def film(summary: Summary, pictures: Pictures) -> Markup | None:
    """One of the agent’s episodes, frame by frame."""
    shown = summary.film
    if shown is None or len(shown.shots) != len(pictures.film) or not pictures.film:
        return None
    view = detail(shown.shots, least=(230, 230))
    frames = [
        element("li", element("figure", picture(shot, data_uri(image), view),
            element("figcaption", element("span", str(number), class_="n"), shot.words)))
        for number, (shot, image) in enumerate(zip(shown.shots, pictures.film, strict=True), 1)
    ]  # fmt: skip
    outcome = "It succeeded." if shown.success else "It did not succeed."
    task = shown.task.replace("-", " ")
    words = f"One fresh episode of {task}, on the agent’s own screen. Its goal: “{shown.goal}” {outcome}"
    return section(summary, "film", "The agent at work", element("p", words), element("ol", *frames, class_="film"))


def dataset(summary: Summary, pictures: Pictures) -> Markup | None:
    """Rows, and one of them."""
    shown = summary.dataset
    if shown is None:
        return None
    facts: dict[str, Child] = {
        "Rows": f"{count(shown.rows)} steps in {times(shown.episodes, 'episode')}",
        "Shards": f"{count(shown.shards)}, one person and one day each, {size(shown.bytes)}",
        "People": count(shown.people),
        "Only for": shown.purpose,
    }
    facts |= {f"Refused: {reason}": times(number, "segment") for reason, number in sorted(shown.refused.items())}
    facts |= {f"Flagged: {flag}": times(number, "row") for flag, number in sorted(shown.flagged.items())}
    actions = element("div", element("h3", "Steps by action"), bars(shown.actions))
    return section(
        summary, "dataset", "What it became", element("div", element("div", facts_list(facts)), actions, class_="two"),
        *_example(summary, pictures),
    )  # fmt: skip


def _example(summary: Summary, pictures: Pictures) -> list[Markup]:
    step = summary.example
    if step is None or not pictures.example:
        return []
    facts: dict[str, Child] = {
        "Goal": f"“{step.goal}”",
        "Seen": f"{times(step.elements, 'element')}, and this picture, from just before the hand set out",
        "Done": step.action,
        "On": step.target,
    }
    says = "The frame as it is stored. Grey is what redaction masked; the box is the action’s target."
    figure = element(
        "figure", picture(step.shot, data_uri(pictures.example), detail([step.shot])), element("figcaption", says)
    )
    return [element("h3", "One row"), element("div", figure, facts_list(facts), class_="step")]


def training(summary: Summary, _: Pictures) -> Markup | None:
    """The learning curve."""
    shown = summary.training
    if shown is None or not shown.curve:
        return None
    words = (
        f"A network of {count(shown.parameters)} numbers saw {times(shown.samples, 'step')} "
        f"for {duration(shown.seconds)}. "
        f"Accuracy is the share of steps with both element and action right; whole {shown.split}s were held out."
    )
    keys = element(
        "p",
        element("span", element("span", class_="swatch"), "held out", class_="key"),
        element("span", element("span", class_="swatch thin"), "learned from", class_="key"),
        class_="keys",
    )
    left = [element("h3", "Steps that could not be learned from"), bars(shown.left_out)] if shown.left_out else []
    return section(summary, "training", "How it learned", element("p", words), keys, curve(shown.curve), *left)
