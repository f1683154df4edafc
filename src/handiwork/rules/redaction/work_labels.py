# SPDX-License-Identifier: Apache-2.0
"""Still more of the interface's own words: those that the short labels of at least two makers of work programs share.

Akaunting, EspoCRM, Etherpad, Focalboard, FreeScout, GNOME (Files, Settings), Greenlight, HumHub, Invoice Ninja,
InvoiceShelf, Kanboard, KeePassXC, Mautic, Monica, Nextcloud (Calendar, Contacts, Deck, Mail), OpenCart, osTicket,
phpBB, Redmine, Roundcube, SnappyMail, Snipe-IT, Taiga, Vikunja, Wekan, as of August 2026 or before. By the rule of
`shared_labels.py`; a word and its forms count as one; without the 6,000 most frequent surnames and the given names of
the United States' census, and without what says who somebody is (kin, sexes, feelings, countries) or makes sentences.
"""

_LIST = """
acceptable accrual actual advertising agent agree almost also analysis android annual anti anything append
argument assignment assistant associate association attempt attendee audit authenticate authenticator authorize
autocomplete backlog backup badge ban bank banned barcode batch beginning being beta billed bind bio bit blog bot
bounce broken builder bullet burndown bus buy byte campaign cancellation canned cap car catalog central challenge
changelog checklist claim club co codec collaborator colleague combine commenter commercial comparison complexity
composer compound config congratulations construction consulting contain container conversion cookie copyright counter
coupon creator criteria crm cron crypto curl customise customization cycle daemon de decrypt defense define deliver
denial deny dependent deposit desired diff difference digit digital disallow dislike divide divider docs
dots dropdown dynamic editable edition education effect emotion emphasized encrypt encryption endpoint energy enroll
enterprise entertainment env equal established estimate estimation etc exactly exceeded excellent exception exchange
expected extend fade failure fees fifth finance financial firefox fixes fixing flagged float flow follower fourth
framework frequency frequently fri friends fully future gb generic graph great greater gzip hardware helpdesk
highest highly holidays hot hourly hr idea identification identity immediate inclusive income incorrectly indicate
industry inside instance instant insurance international invitation involved journal junk kanban kb knowledge known
landing larger largest lead led licence localhost locate longest look loss lower lowest maintenance manufacturer
manufacturing mapped mapping marketing markup mask mass mb measurement mechanism meet membership mention metric migrate
migration milestone mirror mismatch moderator modifier mon movie much mysql native need net neutral often oops
operating operator outdent outgoing outstanding overall overdue ownership packs pad padding pager pane parameter part
partial partially participant participate partner partnership party payable payload peer percentage permitted physical
planned planning plural portal poster pound precedes precision preference prepare prerequisites pretty prevent
production professional profit projector proposal px qty qualification quarter quota rank ratio react reaction real
reassign receivable recommend reconciliation reconnect recovery recurring recycle reduce ref referer referral referrer
regards relate relation relative remain repair reporter resend reserved restrict restriction resubscribe retail retype
roadmap round route runtime sandbox sat scheduler schema screenshot searchable seat secure seed seen semi sequence
serial should six slot smaller sms smses social soft someone sortable sound span specify sport ssh stability stable
stage startup statistic stay stories stream strength strict strip sub subdomain subfolder subgroup subtask suite sum
supplier suspicious swimlane synchronization taxes tb technical temporarily tentative territory thickness thousand
three touch tour trace tracker transactional transferred transport transportation tray trial tue unanswered unapproved
unchanged uncheck undelete unexpected unflagged unlike unmark unordered unseen unstar unsubscribe unverified unwatch
unwritable upcoming urgent usd utc vacation validator vat wallpaper warn watcher wave weak webhook wed weekday weekend
well whitelist wholesale wiki withdrawal within wrapper writable yearly zero
"""
WORK = frozenset(_LIST.split())

_NAMES = """
alling anding appling banks billings blanks bolding bolds books bottoms buss centers childs commons counts dearing
dones downing evens fails fielding flowers freed fried givens gooding goods grays greening hass hering holding homes
learned mains maring mars masters mathes means moring nevers olds ours peoples persons pickering pounds reding roling
roots rounds scales seats shorts shows smalling smalls spells stocking stocks stops streets waits wass welling whited
whiting wills
"""
FORMS_THAT_NAME = frozenset(_NAMES.split())
"""Forms of the interface's words that are among the 20,000 most frequent surnames of the same census."""
