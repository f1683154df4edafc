# SPDX-License-Identifier: Apache-2.0
"""More of the interface's own words: those that the short labels of at least two of twelve programs share.

Chromium 156, GTK 2 to 4, LibreOffice 7.4, Django 6.1, Wagtail 8, Mayan EDMS 4.12, Indico 3.3, django-oscar 4.2,
django-helpdesk 2.6, HyperKitty 1.3, Kiwi TCMS 12.4, JupyterLab 4.5. Taken by rule, not by taste: labels of at most four
words; everyday words only; nobody's name as far as is known.
"""

_LIST = """
above absolute abstract accent accessed across activation activities adding addresses adjust admin administration
administrator age agenda aging ago agreement alias aligned alignment allocation allowed alternative am animation
announcement anonymous another answer answers anyone anyway api apple applied applies approval apr area arguments
arrival arrow art asset attribute attributes aug authentication authorization authorized authors automated automatic
automatically availability awaiting backend backward bad banner base based battery be been behavior behind benefit
benefits big blank blocked blocking blocks bluetooth booked booking boolean border borders both breadcrumb breadcrumbs
break breakdown breakpoint breakpoints breaks brightness bubble build building built bulleted busy buttons cache
calculate callback capacity capitals caps caption capture captured cell cells centered certificate changed changing
chapter character characters charge charges checkboxes checker checking checks child children choice choices chosen
class classes classic clean cleared client clock clockwise cloned cloning closing cloud codes collect collection
colors command commands communication community compile completion component components computer confidential
configurations conflict conflicting conflicts connecting connection console contacting contains contents context
continuing contrast contributors convert coordinates copied copies copying core correct county cover creating creation
credits critical crop css csv currently cursor curve customize dashboards databases dates dear debug debugging dec
decimal decision declined decrease defaults defined definition degrees delay deleting deletion deletions denied
departure dependencies dependency depends deprecated depth detailed detect detected diagnostic diagram dialogs
dictionaries dictionary different direct direction disconnected discover disk distribution django domain donate double
downloaded downloading draw drive driver earliest edge editing effects element elements embed embedded emoji emphasis
encoding ends engine engines enhanced enough entire entity envelope escalation even everyone everything everywhere
exact excel executable execution executive exist existing exists experimental expiry explorer exported expression
extended extensions extra extract face factor fallback family feature feb feed feeds fetch filled filling filtering
finished fit fixed flags flash flat flip floating floor flower focus fold folded folding fonts footer footnote
forbidden force foreign forget forgot forgotten formats formatted formatting forum frame frames front further gateway
generated generating generation generator given global got granted half hand handle handler hard hash head headers
headings helpful hierarchy highlighting hint hits hold homepage horizontal horizontally host hover html http hub
hyperlink hyperlinks identifier idle ids ignored immediately imported includes incorrect increase indent indexes
indexing indicator individual initial insertions inspector installed instances instructions insufficient integer
intelligence interaction interested interface internet interrupt interval introduction ip isolated issuer javascript
joined joiner json jul jump justified keys landscape languages latest launch launcher launching layer legacy legal
legend length letter levels licenses lines linked linking listing lists loaded locales locally locations locked logged
logging mailing mandatory manually many mar margin margins marked match matches math maybe mean memory merged
messaging meta metadata meter methods metrics middle midnight mind mirroring mobile model models moderate moderation
module modules moved moving ms multi multiple must muted named namespace nature needed needs negative network networks
newer newest nobody node nodes non notation notebook nothing notice nov numbering numeric object objects occurred oct
odd offers official offline older oldest opening opens optimize ordered ordering organizations organize organizer
orientation origin others outline outlook overlay override overwrite own packages pair palette palm panels paper
paragraphs parameters parse parser parsing participants passwords past patching pattern paused pdf pdfs per perfect
perform performance permanent person phrase picker picks picture pie pink pixel placed placeholder placeholders places
plain platform playback plugin plugins point pointer points policies policy polish polling pop pops popup portable
portrait positioning positive possible postal posters potential power powered pre predefined preface preferred prefix
preparing present presentation preserve preset press previously prices printable printing problem proceed processed
processing program promote promotion prompt proportional proposed protect protected protection protocol provide
provided provider provides proxy publicly push python queries radio raised ranges raw re reader reading recognition
recommendation recommended recording records redaction redirect redirects references refine refreshing regenerate
registered registering registration regular relationship relationships removal renamed rendering reopened reorder
replies reporting reservations resolution respond rest restrictions reverse reverted reviewer revision rewind root
rotation rulers safe safely salt saves saving scheme scientific score scroll scrolling searches searching secondary
secret sections self sending sensitive sentence sep separate separated separator serialized series sessions sets
setting severity shadow sheets shell shift shopping shorten shorter shown side sided sides signals signatures signing
simple simulate since single sites skipped slider slides smart smooth snap software some something sorry sorting
sources space spaces spacing special specified spell spelling spent spin spreadsheet sql sqlite square staging stars
starting starts states stored stretch strikethrough structure styles submission submissions submitter submitting
subscript subscriptions successful successfully suggested suggestion super superscript superuser supported sure
surface survey suspend switched symbol symbols synchronize syntax tabbed tablet take targets telephone templating
temporary terminal testing than themes third threshold through thumbnail timeout timer timestamp timezone tip tips
titles token tokens too tooltips touchscreen tracked tracking tracks traditional trailing transformations transition
translated translation travel tree triangle trigger trust trusted two types typing unable unassign unauthorized
unavailable under underline undoing undone unfocus ungroup unicode unique unlimited unlink unlocked unnamed unpaid
unpublish unreachable unrecognized unsaved unschedule unsuccessful unsupported unused updating uploaded uploading
upper urls us uses using validate validation variable variations venue verbose verification verify verifying versions
vertical vertically very via viewed viewer viewing virtual visual volume vote votes waiting wallet way web website
weight went while whole wide words worker workflows working works wrap writer writing written xml yourself zone
"""
SHARED = frozenset(_LIST.split())
