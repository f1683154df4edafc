# SPDX-License-Identifier: Apache-2.0
"""More of the interface's own words: what short labels of two of Chromium 156, GTK 2 to 4 and LibreOffice share.

Taken by rule, not by taste: labels of at most four words, everyday words only, and nobody's name as far as is known.
"""

_LIST = """
above accent activation activities addresses alignment allowed alternative anonymous api apple applied area arrow
attributes authentication automatic backend backward banner base battery behind blocking bluetooth border borders both
break brightness bubble buttons cache calculate capitals caps caption capture cell centered changed chapter character
characters checking chosen clock clockwise cloud collect colors command computer confidential connection contents
context contrast convert copies cover credits css cursor curve customize databases debug decrease detect different
direction disk distribution domain double draw drive edge editing effects elements emoji emphasis ends enhanced enough
entire envelope even excel executive exist existing explorer extended extensions extra face family feed filled filling
filtering finished fit fixed flags flat flip flower focus fonts footer footnote formatting frame frames front
generating global half hard hierarchy highlighting hold horizontal horizontally hover html increase indent individual
initial internet isolated joiner jump keys landscape launch launching layer legacy legal legend letter levels lines
lists manually margin margins match math mean memory merged meta meter methods middle model module modules moving ms
multiple muted named nature needed network networks node non notation object objects odd offline optimize organize
organizer orientation others outline overlay overwrite palette palm paper paused pdf per picker picture pixel places
plain playback pointer points pop pops popup portable portrait power preparing presentation press printing processing
program proportional protect protocol push radio recognition recommended recording regenerate registered regular
reverse rewind root rotation safe safely saving scroll searching secondary self sending sensitive sentence separator
setting shadow sheets shell shift side sided signals simple simulate single slider slides smart smooth snap sources
space spacing specified spell spelling spin spreadsheet square stars stored strikethrough styles subscript
successfully suggestion super superscript supported surface symbol tabbed third timer tip tips titles too touchscreen
tracked translated travel tree triangle two unable unavailable underline ungroup unicode unique unnamed us variations
versions vertical vertically very via visual volume waiting way web website while wide words works wrap writer writing
xml
"""
SHARED = frozenset(_LIST.split())
