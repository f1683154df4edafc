# SPDX-License-Identifier: Apache-2.0
"""Ways in which a style alone draws a name: beside its own place, in made-up parts, or once the pointer is there.

Used by `drawing.py`, which says what `$who`, `$ink`, `$flat` and the rest stand for. All stand over or in what is
harmless and would be shown.
"""

_BUTTON = '<button style="$flat">Save</button>'
_ABOVE = 'style="${over}left:0;top:-34px;color:#fff;'

STYLED = {
    "a shadow of text that stands above": f"""{_BUTTON}
        <div {_ABOVE}text-shadow:20px 37px 0 $ink">$who</div>""",
    "a shadow that a filter drops": f"""{_BUTTON}
        <div {_ABOVE}filter:drop-shadow(20px 37px 0 $ink)">$who</div>""",
    "a list's mark that is a text": f"""{_BUTTON}
        <ul style="${{over}}color:$ink;margin:0;padding:0;left:225px;top:2px;list-style-type:'$who '">
          <li style="position:static">a</li></ul>""",
    "a reflection": f"""{_BUTTON}
        <div style="${{over}}left:0;top:-34px;color:$ink;-webkit-box-reflect:below 8px">$who</div>""",
    "a mark's content": f"""<style>.mark::marker {{ content: "$who "; color: $ink }}</style>{_BUTTON}
        <ul style="${{over}}margin:0;padding:0;left:225px;top:2px">
          <li class="mark" style="position:static">a</li></ul>""",
    "signs of a way to count": f"""
        <style>@counter-style named {{ system: cyclic; symbols: "$who"; suffix: " " }}</style>{_BUTTON}
        <ol style="${{over}}color:$ink;margin:0;padding:0;left:225px;top:2px;list-style-type:named">
          <li style="position:static">a</li></ol>""",
    "a quotation's marks": """
        <style>.q { quotes: "$who" "x" } .q::before { content: open-quote; font: bold 20px sans-serif; color: $ink }
        </style><p style="${box}margin:0;white-space:nowrap">Save <b class="q" style="position:static"></b> page</p>""",
    "marks of emphasis": """
        <p style="${box}margin:0;font:bold 20px sans-serif"><b style="position:static;text-emphasis:'K' $ink">S</b><b
          style="position:static;text-emphasis:'a' $ink">a</b><b style="position:static;text-emphasis:'r' $ink">v</b>
        </p>""",
    "a sign that parts words": """
        <p style="width:130px;margin:0;font:bold 20px sans-serif;color:$ink;hyphens:manual;hyphenate-character:'$who'">
          Save&shy;Next&shy;Back</p>""",
    "a picture behind what is open": f"""{_BUTTON}
        <style>#up::backdrop {{ background: url("$picture"); inset: auto; left: var(--x); top: var(--y); width: 240px;
          height: 30px }}</style><div id="up" popover="manual" style="width:9px;height:9px;border:0">.</div><script>{{
          const up = document.getElementById("up"), at = up.parentElement.getBoundingClientRect();
          up.style.setProperty("--x", at.left + "px");
          up.style.setProperty("--y", at.top + "px");
          up.showPopover();
        }}</script>""",
    "a picture on a bar to scroll by": """
        <style>#bar::-webkit-scrollbar { width: 170px } #bar::-webkit-scrollbar-thumb { background: url("$picture") }
        </style><div id="bar" style="${box}overflow-y:scroll;font:20px sans-serif">Save<br>Next<br>Back</div>""",
    "a picture on a slider": """
        <style>#slide::-webkit-slider-thumb { appearance: none; width: 220px; height: 28px;
          background: url("$picture") }
        </style><input id="slide" type="range" aria-label="Save" style="${flat}appearance:none">""",
    "a picture on the button of a field for files": """
        <style>#file::file-selector-button { width: 230px; height: 30px; border: 0; background: url("$picture");
          color: transparent }</style><input id="file" type="file" aria-label="Save" style="$flat">""",
    "a picture on a bar that fills": """
        <style>#fills::-webkit-progress-value { background: url("$picture") }</style>
        <progress id="fills" value="1" aria-label="Save" style="${flat}appearance:none"></progress>""",
    "a picture that a filter draws": """<button style="${flat}filter:url(#drawn)">Save</button>
        <svg width="0" height="0"><filter id="drawn" x="0" y="0" width="1" height="1">
          <feImage href="$picture"/></filter></svg>""",
    "text that stands in the middle of a button by a mask": """<button style="$flat">Save</button>
        <i style="${box}pointer-events:none;background:$ink;mask:url(&quot;$picture&quot;)"></i>""",
}

HOVERED = {
    "a text that shows under the pointer": f"""{_BUTTON}
        <style>.shy {{ opacity: 0 }} #hot:hover ~ div .shy {{ opacity: 1 }}</style>
        <div class="shy" style="${{over}}color:$ink">$who</div>""",
    "a text that a style makes up under the pointer": f"""{_BUTTON}
        <style>#hot:hover ~ div .tip::after {{ content: attr(data-who); font: bold 20px sans-serif; color: $ink;
          white-space: nowrap; position: absolute; left: 0; top: 0 }}</style>
        <i class="tip" data-who="$who" style="left:40px;top:2px;width:9px;height:9px;pointer-events:none"></i>""",
    "a text that is moved under the pointer": f"""{_BUTTON}
        <style>.far {{ left: 0; top: 300px }} #hot:hover ~ div .far {{ top: 2px }}</style>
        <div class="far" style="${{over}}color:$ink">$who</div>""",
    "a shadow that is dropped under the pointer": f"""{_BUTTON}
        <style>#hot:hover ~ div .high {{ text-shadow: 20px 37px 0 $ink }}</style>
        <div class="high" {_ABOVE}">$who</div>""",
}
"""Where the pointer is for a while, and then no more: `#hot`."""

HOT = '<i id="hot" style="left:500px;top:24px;width:6px;height:20px"></i>'
