# SPDX-License-Identifier: Apache-2.0
"""Pages that draw a name in every way that no text of theirs tells. Each way has an ink that nothing else has."""

from string import Template

from tests.properties.drawing_by_style import HOT, HOVERED, STYLED
from tests.properties.site import field_at

WHO = "Karen Whitfield"

STANDING = {
    "an image": '<img src="$picture">',
    "a canvas": '<canvas id="c1" $size></canvas><script>draw("c1", "$ink")</script>',
    "a canvas that is drawn on later, again and again": """
        <canvas id="c2" $size></canvas><script>setInterval(() => draw("c2", "$ink"), 400)</script>""",
    "a video that changes each frame": """
        <canvas id="c3" $size style="left:2000px"></canvas><video id="v" muted autoplay style="$box"></video><script>{
          const c = document.getElementById("c3"), g = c.getContext("2d");
          let n = 0;
          setInterval(() => {
            g.fillStyle = ++n % 2 ? "#fff" : "#eee";
            g.fillRect(0, 0, 240, 30);
            draw("c3", "$ink");
          }, 40);
          document.getElementById("v").srcObject = c.captureStream(25);
        }</script>""",
    "a background": '<div style="${box}background:url(&quot;$picture&quot;)"></div>',
    "a drawing": '<svg $size><text x="4" y="22" font-size="20" font-weight="bold" fill="$ink">$who</text></svg>',
    "an object": '<object data="$picture" style="$box"></object>',
    "a frame with a text": '<iframe srcdoc="$text" style="$flat"></iframe>',
    "a sandboxed frame": '<iframe sandbox srcdoc="$text" style="$flat"></iframe>',
    "a frame that is drawn larger, over a button": """<button style="$flat">Save</button>
        <iframe srcdoc="$text" style="${flat}left:150px;top:-4px;width:100px;transform:scale(1.1)"></iframe>""",
    "a button with a background": '<button style="${flat}background:url(&quot;$picture&quot;)">Save</button>',
    "a link with a background": """
        <a href="#" aria-label="Open" style="${box}background:url(&quot;$picture&quot;)"></a>""",
    "a field with a background": '<input aria-label="Search" style="${flat}background:url(&quot;$picture&quot;)">',
    "a button with a border of images": """
        <button style="${flat}border:12px solid;border-image:url(&quot;$picture&quot;) 14 stretch">Save</button>""",
    "a button that holds an element of image content": """
        <button style="$flat">Save<span style="position:static;content:url(&quot;$picture&quot;)"></span></button>""",
    "an image that is called a button": '<img role="button" aria-label="Save" src="$picture">',
    "a canvas that is called a button": """
        <canvas id="c4" $size role="button" aria-label="Save"></canvas><script>draw("c4", "$ink")</script>""",
    "a button that is an image": '<input type="image" alt="Save" style="$box" src="$picture">',
    "text that a style puts after a button's name": """
        <style>.after::after { content: attr(data-who); font: bold 20px sans-serif; color: $ink }</style>
        <button class="after" data-who=" $who" style="$flat">Save</button>""",
    "text that a style puts into a sentence": """
        <style>.in::before { content: "$who"; font: bold 20px sans-serif; color: $ink }</style>
        <p style="${box}margin:0;white-space:nowrap">Save <b class="in" style="position:static"></b> page</p>""",
    "text that a style puts over another button": """
        <style>.over::after { content: "$who"; font: bold 20px sans-serif; color: $ink; white-space: nowrap;
          position: absolute; left: 60px; top: 0 }</style>
        <button style="$flat">Save</button><i class="over" style="width:9px;height:9px"></i>""",
    "a picture that a style puts before a button's name": """
        <style>.pic::before { content: url("$picture") }</style><button class="pic" style="$flat">Save</button>""",
    "an image in an editor": """
        <div contenteditable aria-label="Message" style="$flat"><img src="$picture"></div>""",
    "what a field suggests": """
        <style>#s::placeholder { color: $ink; opacity: 1; font: bold 18px sans-serif }</style>
        <input id="s" aria-label="Search" placeholder="Write to $who" style="$flat">""",
    "a group of a list": """
        <select multiple aria-label="Status" style="$flat"><optgroup label="$who"
          style="color:$ink;font:bold 18px sans-serif"><option>Open<option>Closed</optgroup></select>""",
    "a button that is drawn by a component": """
        <x-icon role="button" aria-label="Save" style="$flat"></x-icon><script>
          customElements.define("x-icon", class extends HTMLElement {
            constructor() {
              super();
              const c = document.createElement("canvas");
              [c.width, c.height] = [240, 30];
              drawOn(c, "$ink");
              this.attachShadow({ mode: "closed" }).append(c);
            }
          });
        </script>""",
}

MOVING = {
    "text that a style moves over a button": """
        <style>@keyframes go { from { transform: translateX(-30px) } to { transform: translateX(120px) } }</style>
        <button style="$flat">Save</button>
        <div style="${over}color:$ink;top:-34px;animation:go 3s linear infinite">
          <span style="top:36px">$who</span></div>
        """,
    "text that a style lets appear now and then": """
        <style>@keyframes come { from, 60% { opacity: 0 } 61%, to { opacity: 1 } }</style>
        <button style="$flat">Save</button>
        <div style="${over}color:$ink;opacity:0;animation:come 4s infinite">$who</div>""",
    "text that runs along": """<button style="$flat">Save</button>
        <marquee scrollamount="3" style="$over${box}color:$ink">$who</marquee>""",
}

LATER = {
    "a value that a script puts into a field": """
        <input id="f" aria-label="Search" style="${flat}font:bold 18px sans-serif;color:$ink"><script>
          setTimeout(() => { document.getElementById("f").value = "$who" }, 5000);
        </script>""",
    "a component that comes to life": """<button style="$flat">Save</button>
        <x-card style="${over}${box}left:50px"></x-card><script>
          setTimeout(() => customElements.define("x-card", class extends HTMLElement {
            constructor() {
              super();
              this.attachShadow({ mode: "closed" }).innerHTML = "<b style='color:$ink'>$who</b>";
            }
          }), 5000);
        </script>""",
    "text that is moved by a rule of a style sheet": """
        <style id="sheet">.m { left: 2px; top: 60px; }</style><button style="$flat">Save</button>
        <div class="m" style="${over}color:$ink">$who</div><script>
          setTimeout(() => {
            const { style } = document.getElementById("sheet").sheet.cssRules[0];
            [style.top, style.left] = ["2px", "60px"];
          }, 5000);
        </script>""",
    "text that a script lets appear over a button": """<button style="$flat">Save</button>
        <div id="a" style="${over}color:$ink;opacity:0">$who</div><script>
          setTimeout(() => document.getElementById("a").animate([{ opacity: 1 }, { opacity: 1 }], 60000), 8000);
        </script>""",
}
"""What happens seconds after the page was told, without a word."""

AGAIN = {
    "a value that a script puts into a field again and again": """
        <input id="g" aria-label="Search" style="${flat}font:bold 18px sans-serif;color:$ink"><script>
          setInterval(() => { const g = document.getElementById("g"); g.value = g.value ? "" : "$who"; }, 1700);
        </script>""",
    "text that is moved by a rule of a style sheet again and again": """
        <style id="moved">.n { left: 2px; top: 160px; }</style><button style="$flat">Save</button>
        <div class="n" style="${over}color:$ink">$who</div><script>
          setInterval(() => {
            const { style } = document.getElementById("moved").sheet.cssRules[0];
            style.top = style.top === "2px" ? "160px" : "2px";
          }, 2300);
        </script>""",
    "text that a script lets appear for a while again and again": """<button style="$flat">Save</button>
        <div id="b" style="${over}color:$ink;opacity:0">$who</div><script>
          setInterval(() => document.getElementById("b").animate([{ opacity: 1 }, { opacity: 1 }], 700), 2900);
        </script>""",
}
"""What comes and goes without a word, at any time between two looks that a page takes by itself."""

BUSY = {
    "a button's new name, shown while the page is too busy to tell of it": """
        <button id="h" style="${flat}font:bold 20px sans-serif">Save</button><script>{
          const h = document.getElementById("h");
          const show = (text, color) => ([h.textContent, h.style.color] = [text, color]);
          const drawn = (then) => requestAnimationFrame(() => requestAnimationFrame(then));
          setInterval(() => {
            show("$who", "$ink");
            drawn(() => {
              for (const end = Date.now() + 1400; Date.now() < end; );
              show("Save", "#000");
            });
          }, 2600);
        }</script>""",
}
"""What is announced as it should be, but long after it was drawn."""

_LATE = {"/later": LATER, "/again": AGAIN, "/busy": BUSY}
PATHS = {"/": STANDING, "/moving": MOVING, **_LATE, "/styled": STYLED, "/hovered": HOVERED}
WAYS = [*STANDING, *MOVING, *LATER, *AGAIN, *BUSY, *STYLED, *HOVERED]

_BOX = "width:240px;height:30px;"
_DRAW = f"""<script>
function drawOn(canvas, ink) {{
  const g = canvas.getContext("2d");
  [g.font, g.fillStyle] = ["bold 20px sans-serif", ink];
  g.fillText("{WHO} |||", 4, 22);
}}
const draw = (id, ink) => drawOn(document.getElementById(id), ink);
</script>"""


def ink(name: str) -> tuple[int, int, int]:
    """The shade of a way to draw, or of the harmless label that each page bears."""
    return (
        (201 + WAYS.index(name) % 50, 11, 93 + WAYS.index(name) // 50)
        if name in WAYS
        else (0, 130, 20 + list(PATHS).index(name))
    )


def page(path: str) -> str:
    """A page with a field, a label that may be shown, and each way in a place of its own."""
    flat = f"{_BOX}border:0;padding:0;background-color:#fff;"
    label = f'<button style="{flat}font:bold 20px sans-serif;color:{_css(path)}">Save</button>'
    cells = [label, *(_cell(name, text, flat) for name, text in PATHS[path].items())]
    return "<title>Orders</title>" + _DRAW + field_at(0) + HOT + "".join(map(_placed, range(len(cells)), cells))


def _placed(number: int, cell: str) -> str:
    return f'<div style="left:{20 + 290 * (number % 3)}px;top:{70 + 44 * (number // 3)}px">{cell}</div>'


def _cell(name: str, text: str, flat: str) -> str:
    shade = _css(name)
    drawn = f"%3Ctext x='4' y='22' font-size='20' font-weight='bold' fill='{shade}'%3E{WHO} |||%3C/text%3E"
    return Template(text).substitute(
        who=WHO,
        ink=shade,
        box=_BOX,
        flat=flat,
        size='width="240" height="30"',
        over="font:bold 20px sans-serif;white-space:nowrap;pointer-events:none;",
        text=f"<body style='margin:0;font:bold 20px sans-serif;color:{shade}'>{WHO} |||</body>",
        picture="data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' "
        f"width='240' height='30'%3E{drawn}%3C/svg%3E",
    )


def _css(name: str) -> str:
    return "rgb({},{},{})".format(*ink(name))
