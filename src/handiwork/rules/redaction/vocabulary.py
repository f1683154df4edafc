# SPDX-License-Identifier: Apache-2.0
"""The interface's own words: what a capital letter may begin without being taken for a name.

A keep-list on purpose: an unknown capitalised word may be a person, a firm or a place, and no list holds all of those.
English only; labels in other languages survive only where they are written in lower case.
"""

from handiwork.rules.redaction.shared_labels import SHARED
from handiwork.rules.redaction.work_labels import WORK

_LIST = """
a about accept access account accounts action actions activate active activity add added address advanced after
again alert alerts all allow alpha already alt always amount an analytics and any app appearance application
applications apply approve approved april archive archived are arrange article articles as ascending asc ask assign
assigned assignee at attach attached attachment attachments attention audio august author auto available avatar
average avoid back background balance bar basic bcc before begin below best between billing bin black block blue
board body bold book bookmark bookmarks bottom box brand browse browser budget bug bulk business button by calendar
call camera can cancel cancelled card cards cart case cases categories category cc center change changes channel
channels chart charts chat check checkbox checked checkout choose city clear click clipboard clone close closed code
collapse color colour column columns comment comments commit common company compare complete completed compose
condition conditions configuration configure confirm confirmation confirmed connect connected contact contacts
content continue contract conversation copy cost could count country create created credit currency current custom
customer customers cut daily dark dashboard data database date day days deadline debit december decline default
delete deleted delivery department deploy descending desc description deselect design desktop destination detail
details developer device devices dialog did directory disable disabled discard disconnect discount dismiss display
do document documents does done dont down download downloads draft drafts drag drop due duplicate duration each edit
edited editor effective email emails employee empty enable enabled end english ended enter entries entry environment
error errors event events every example exclude execute exit expand expense expenses expired expires explore export
extension external fail failed false faq favorite favorites favourite features february feedback field fields file
files fill filter filters final find finish first flag folder folders follow following font for forever form format
forms forward found free friday from full function gallery general generate get getting give go goal good grand gray
green grid group groups guest guide has have header heading health height hello help here hi hidden hide high
highlight history home hour hours how icon id if ignore image images import important in inactive inbox include
index info information input insert inspect install integration integrations internal into invalid inventory invite
invoice invoices is issue issues it italic item items january job jobs join july june just keep key keyboard
keywords kind label labels language large last later layout learn least leave left less let level license light like
limit line link links list live load loading local location lock log login logout logs low mail main make manage
management manager manual map march mark markdown master max maximum may me media medium meeting meetings member
members menu merge message messages method microphone min minimum minus minute minutes missing mode modified modify
monday monitor month monthly months more most move mr mrs music mute my name names navigate navigation never new
news next night no none normal not note notes notification notifications november now number numbers october of off
offer office ok okay old on once one online only open opened operation option options optional or orange order
orders organisation organization original other our out outbox output over overview owner owners package page pages
paid paint pan panel paragraph parent password paste path pause pay payment payments pending people percent period
permission permissions permanently personal phone photo photos pick pin pinned pipeline place plan plans play please
plus popular port position post posts preferences preview previous price pricing primary print printer priority
privacy private process product products profile profiles progress project projects properties property public
publish published purchase purple quality quantity query question queue quick quit quote quotes random range rate
rating read ready reason rebuild receipt receipts receive received recent recently recipient record recover red redo
reference refresh refund region register reject rejected related release reload remaining remember remind reminder
reminders remote remove removed rename reopen repeat replace replied reply report reports repository request
requested requests required reset resize resolve resolved resource resources response restart restore result results
resume retry return revenue review reviews revert right role roles room rotate row rows rule rules run running sales
same saturday save saved scale scan schedule scheduled scope screen script search second seconds section security
see select selected selection send sender sent september server servers service services session set settings setup
shape share shared sharing sheet ship shipped shipping shop short shortcut shortcuts show sidebar sign signature
signed site size skip slide small sort source spam specific split staff standard star starred start started state
statement statistics status step steps stock stop stopped storage store street string style subject submit submitted
subscribe subscription subtitle subtotal success suggestions summary sunday support switch sync system tab table
tables tabs tag tags target task tasks tax team teams template templates term terms test tests text thank thanks
that the theme then there these this thread threads thursday ticket tickets time timeline times title to today
toggle toggle tomorrow tool toolbar tools tooltip top topic topics total totals track trade training transaction
transactions transfer translate trash true try tuesday turn tutorial type unarchive unassigned unblock unchecked
undo unfollow uninstall unit units unknown unlock unmute unpin unread unselect until untitled up update updated
updates upgrade upload uploads url usage use used user username users valid value values vendor vendors version
video videos view views visibility visible visit wait warehouse warning warnings was watch we wednesday week weekly
weeks welcome what when where which white who why widget widgets width will window windows with without wizard word
work workflow workspace would write wrong year years yellow yes yesterday yet you your zip zoom
"""
WORDS = frozenset(_LIST.split()) | SHARED | WORK
