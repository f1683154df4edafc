# SPDX-License-Identifier: Apache-2.0
"""Everyday English words, in their base forms: what may stay in free content. Names are left out on purpose.

Like the interface's vocabulary a keep-list: what is missing here is cut, never the other way round.
"""

_LIST = """
ability able aboard abroad absence absent absolute absorb abstract absurd abuse academic accent acceptable accident
accommodate accompany accomplish accord accordingly accurate accuse achieve achievement acid acknowledge acquire
across act actor actual actually acute adapt adequate adjust administration admire admission admit adopt adult advance
advantage adventure advert advertise advice advise adviser affair affect afford afraid afternoon afterwards age agency
agenda agent aggressive ago agree agreement agriculture ahead aid aim air aircraft airline airport album alcohol alike
alive alley allocate allowance almost alone along alongside aloud alphabet alternative although altogether amazing
ambition ambulance amend amid among amuse analyse analysis analyst analyze ancient anger angle angry animal
anniversary announce announcement annoy annual anonymous another answer anticipate anxiety anxious anybody anyhow
anymore anyone anything anyway anywhere apart apartment apologise apologize apology apparent apparently appeal appear
appetite applaud apple appliance applicant appoint appointment appreciate approach appropriate approval approximate
approximately arc area argue argument arise arm armed army around arrest arrival arrive arrow art artificial artist
artistic ashamed aside asleep aspect assemble assembly assess assessment asset assist assistance assistant associate
association assume assumption assurance assure astonish athlete atmosphere atom attack attempt attend attendance
attitude attorney attract attraction attractive attribute auction audience audit aunt authentic authentication
authorise authority authorize automate automatic automatically autumn availability await awake award aware awareness
away awful awkward axis baby bachelor backup backwards bacon bad badge badly bag baggage bake baker bakery ball
balloon ban banana band bang bank banker bankrupt banner barely bargain bark barrel barrier base baseball basement
basin basis basket basketball bat batch bath bathroom battery battle bay beach beam bean bear beard beat beautiful
beauty because become bed bedroom beef beer beg beginner beginning behalf behave behavior behaviour behind being
belief believe bell belong belt bench bend beneath beneficial benefit beside besides bet better beyond bicycle bid
bike bird birth birthday biscuit bit bite bitter blame blank blanket blast bleed blend bless blind bloom blow boat
boil bomb bond bone bonus boom boost boot border bore boring born borrow boss bother bottle bounce bound boundary bowl
boy brain brake branch brave breach bread break breakdown breakfast breast breath breathe breeze brick bride bridge
brief briefly briefing bright brilliant bring broad broadcast brochure broker brother brown brush bubble bucket build
builder building bullet bunch burden burn burst bury bus bush busy butter buy buyer cabin cabinet cable cafe cage cake
calculate calculation calculator calm camp campaign campus canal candidate candle cap capability capable capacity
capital captain caption capture car carbon care career careful carefully careless cargo carpet carriage carrier carrot
carry carton cartoon cash cast castle casual cat catalog catalogue catch cater cattle cause caution cave cease ceiling
celebrate celebration cell cellar cent central centre century ceremony certain certainly certificate chain chair
chairman challenge chamber champion championship chance chapter character characteristic characterize charge charity
charm chase cheap cheat cheek cheer cheese chef chemical chemist chemistry cheque cherry chest chew chicken chief
child childhood children chip chocolate choice cigarette cinema circle circuit circulate circumstance cite citizen
civil civilian claim clarify clarity class classic classical classroom clay clerk clever client climate climb clinic
clinical clock cloth clothes clothing cloud club clue cluster coach coal coast coat code coffee coin cold collapse
collar colleague collect collection collector college column comb combination combine come comfort comfortable comic
command commander commence commerce commercial commission commitment committee communicate communication community
companion comparable comparison compensate compensation compete competition competitive competitor complain complaint
completely completion complex complexity compliance complicate complicated comply component composition compound
comprehensive compromise compulsory compute computer concentrate concentration concept concern concerned concerning
concert conclude conclusion concrete condition conduct conference confidence confident confidential conflict confuse
confusion congratulate congratulations connection conscious consent consequence consequently conservative consider
considerable consideration consist consistent constant constantly constitute constraint construct construction consult
consultant consultation consume consumer consumption contain container contemporary contend contest context continent
continuous contractor contrary contrast contribute contribution controversial convenience convenient convention
conventional converse convert convince cook cookie cool cooperate cooperation coordinate coordination coordinator cope
copper copyright core corn corner corporate corporation correct correction correctly correspond correspondence
corridor cotton cough council counsel counter county couple courage courier course court courtesy cousin cover
coverage cow crack craft crash crazy cream creation creative creature crew crime criminal crisis criterion criteria
critic critical criticism criticize crop cross crowd crown crucial crude cruel cruise crush cry crystal cubic cultural
culture cup cupboard cure curious currency currently curriculum curtain curve cushion custody customs cute cycle
damage damp dance danger dangerous dare darkness dawn dead deadline deaf deal dealer dear death debate debt decade
decent decide decision deck declare decoration decrease dedicate deduct deduction deep deeply deer default defeat
defect defence defend defense deficit define definite definitely definition degree delay delegate delegation
deliberate delicate delicious delight deliver demand democracy democratic demonstrate demonstration dense dental
dentist deny depart departure depend dependent deposit depress depression depth deputy derive describe desert deserve
designer desirable desire desk despair desperate despite destroy destruction detailed detect determination determine
devote diagram dialogue diamond diary dictionary die diet differ difference different differently difficult difficulty
dig digital dignity dinner dip diplomat direct direction directly director dirt dirty disadvantage disagree
disagreement disappear disappoint disappointed disaster discipline discourage discover discovery discuss discussion
disease dish dishonest disk dislike dispatch dispute distance distant distinct distinction distinguish distribute
distribution distributor district disturb dive diverse diversity divide division divorce doctor doctrine dog dollar
domain domestic dominant dominate donate donation door dose dot double doubt downstairs downtown dozen dramatic drama
draw drawer drawing dream dress drink drive driver driving drug drum dry duck duly dull dumb dump during dust duty
dwell dynamic eager ear earlier early earn earth ease easily east eastern easy eat echo ecological ecology economic
economical economics economy edge edition education educational effect effectively efficiency efficient effort egg
eight eighteen eighth eighty either elbow elder elderly elect election electric electrical electricity electronic
element elementary elephant elevator eleven eligible eliminate elite else elsewhere embarrass embassy embed embrace
emerge emergency emission emotion emotional emphasis emphasize empire employ employer employment encounter encourage
encouragement enemy energy enforce engage engagement engine engineer engineering enhance enjoy enjoyable enormous
enough enquire enquiry ensure enterprise entertain entertainment enthusiasm enthusiastic entire entirely entitle
entity entrance envelope environmental envy episode equal equally equation equip equipment equivalent era erect escape
especially essay essence essential essentially establish establishment estate estimate etc ethical ethics ethnic
evaluate evaluation even evening eventually ever everybody everyday everyone everything everywhere evidence evident
evil evolution exact exactly exaggerate exam examination examine examiner exceed excellence excellent except exception
excess excessive exchange excite excited excitement exciting exclude exclusive excuse executive exempt exercise
exhaust exhibit exhibition exist existence existing expansion expect expectation expedition expensive experience
experiment experimental expert expertise expiry explain explanation explicit explode exploit explosion expose exposure
express expression extend extensive extent extra extraordinary extreme extremely eye fabric face facilitate facility
fact factor factory faculty fade failure faint fair fairly faith fall fame familiar family famous fan fancy fantastic
far fare farm farmer fashion fast fasten fat fatal fate father fault faulty favor favour fear feast feather feature
federal fee feed feel feeling fellow female fence ferry festival fetch fever few fewer fibre fiction fierce fifteen
fifth fifty fight figure film finally finance financial finding fine finger finished fire firm firmly fish fishing fit
fitness five fix fixed flame flash flat flavor flavour flaw fleet flesh flexibility flexible flight float flood floor
flour flow flower flu fluid fly focus fog fold folk fond food fool foot football forbid force forecast foreign forest
forge forget forgive fork formal formation former formerly formula forth fortnight fortunate fortunately fortune forty
forum foundation founder fountain four fourteen fourth fraction fragment frame framework franchise frankly fraud
freedom freely freeze freight frequency frequent frequently fresh friend friendly friendship fright frighten frontier
front frost frozen fruit frustrate fry fuel fulfil fulfill fully fun fund fundamental funding funeral funny fur
furniture further furthermore future gain gallon game gang gap garage garbage garden gas gate gather gear gender gene
generation generator generous gentle gentleman genuine geography gesture giant gift girl glad glance glass global
glory glove glue goat god gold golden golf goods gossip govern government governor grab grade gradual gradually
graduate grain gram grammar grandfather grandmother grant graph grass grateful grave gravity grease greatly greet
greeting grief grip grocery gross ground grow growth guarantee guard guess guidance guideline guilt guilty guitar gun
guy gym habit hair half hall halt hand handle handful handy hang happen happily happiness happy harbor harbour hard
hardly hardware harm harmful harsh harvest hat hate hazard he head headache headline headquarters heal health healthy
hear hearing heart heat heating heaven heavy hell hence her hero hers herself hesitate highly hill him himself hint
hip hire his historic historical hit hobby hold holder hole holiday hollow holy homework honest honestly honesty honey
honor honour hook hope hopefully hopeful horizon horizontal horn horror horse hospital hospitality host hostile hot
hotel household housing however huge human humble humor humour hundred hunger hungry hunt hurry hurt husband
hypothesis ice idea ideal identical identification identify identity illegal illness illustrate illustration
imagination imagine immediate immediately immigrant immigration impact impatient implement implementation implication
imply importance impose impossible impress impression impressive improve improvement incentive inch incident include
inclusive income incoming incorrect increase increasingly incredible indeed independence independent indicate
indication indicator indirect individual indoor industrial industry inevitable infant infection inflation influence
inform informal infrastructure ingredient initial initially initiative injure injury ink inner innocent innovation
innovative inquire inquiry insect inside insight insist inspection inspector inspiration inspire instance instant
instantly instead instinct institute institution instruct instruction instructor instrument insufficient insurance
insure intellectual intelligence intelligent intend intense intensive intention interact interaction interest
interested interesting interface interfere interior intermediate interpret interpretation interrupt interval
intervention interview introduce introduction invade invent invention invest investigate investigation investigator
investment investor invisible involve involvement iron ironic irregular island isolate itself ivory jacket jail jam
jar jeans jet jewel jewellery joint joke journal journalist journey joy judge judgement judgment juice jump junction
junior jury justice justify keen keeper kettle kick kid kill kilometre kindly kindness king kingdom kiss kit kitchen
knee knife knock know knowledge lab laboratory labour labor lack ladder lady lake lamb lamp land landlord landscape
lane largely laser latter laugh laughter launch laundry law lawful lawn lawyer lay lazy lead leader leadership leading
leaf leaflet league leak lean leap lease leather lecture leg legal legally legend legislation leisure lemon lend
length lens less lesson letter lettuce liability liable liberal liberty librarian library licence lid lie life
lifetime lift likelihood likely likewise limb limitation limited lion lip liquid listen listener literally literary
literature litre litter loan lobby locate logic logical lonely long loose lord lorry lose loss lost lot loud lounge
love lovely lover loyal loyalty luck lucky luggage lump lunch lung luxury machine machinery mad magazine magic
magnetic magnificent maid mainly mainstream maintain maintenance major majority maker male mall man mandatory manifest
mankind manner manpower manufacture manufacturer manufacturing many map marble margin marine marital marker market
marketing marriage married marry mask mass massive mat match mate material math mathematics matter maturity maybe
mayor meal mean meaning meaningful means meantime meanwhile measure measurement meat mechanic mechanical mechanism
medal medical medicine meet melt membership memorial memory mental mention merchant mercy mere merely merit mess metal
metre middle midnight might mild mile milk mill mind mine mineral minimal minister ministry minor minority miracle
mirror miserable misery mislead miss mission mistake mistaken misunderstand mix mixed mixture mobile model moderate
modern modest moisture molecule mom moment money monkey mood moon moral moreover morning mortgage mostly mother motion
motivate motivation motive motor mountain mouse mouth movement movie much mud multiple multiply murder muscle museum
mushroom musical musician must mutual myself mysterious mystery nail naked narrative narrow nasty nation national
native natural naturally nature naughty near nearby nearly neat necessarily necessary necessity neck need needle
negative neglect negotiate negotiation neighbor neighborhood neighbour neighbourhood neither nephew nerve nervous nest
net network neutral nevertheless newly newspaper nice niece nightmare nine nineteen ninety nobody noise noisy
nonetheless nonsense noon nor norm normally north northern nose notable notably noted nothing notice noticeable novel
nowadays nowhere nuclear nuisance numerous nurse nursery nut object objection objective obligation oblige observation
observe observer obstacle obtain obvious obviously occasion occasional occasionally occupation occupy occur ocean odd
odds offence offend offense offensive officer official officially often oil olympic omit onion onto opening openly
opera operate operator opinion opponent opportunity oppose opposite opposition optimistic oral ordinary organ organic
organise organize organizer orient origin originally otherwise ought ounce ourselves ours outcome outdoor outer
outline outlook outside outstanding oven overall overcome overdue overlook overnight overseas overtime owe own
ownership oxygen pace pack packet pad pain painful painter painting pair palace pale palm pants paper parcel pardon
park parking parliament partial partially participant participate participation particle particular particularly
partly partner partnership party pass passage passenger passion passive past pastry patch patience patient pattern
pavement payable payroll peace peaceful peak peculiar peer pen penalty pencil penny pension pepper per perceive
perfect perfectly perform performance perhaps permanent permit persist personality personally personnel perspective
persuade pet petrol pharmacy phase phenomenon philosophy phrase physical physician physics piano pick picnic picture
pie piece pig pile pill pillow pilot pin pine pink pint pioneer pipe pitch pity pizza plain plane planet planner
planning plant plaster plastic plate platform playback player pleasant pleased pleasure plenty plot plug plumber
plural pocket poem poet poetry poison pole police policeman policy polish polite political politician politics poll
pollution pool poor pop population portable portfolio portion portrait pose positive possess possession possibility
possible possibly postage postpone pot potato potential potentially pound pour poverty powder power powerful practical
practically practice practise praise pray prayer precede precious precise precisely predict prediction prefer
preference pregnant premises premium preparation prepare prepared presence present presentation presently preserve
president press pressure presumably pretend pretty prevent prevention previously price pride priest primarily prime
prince princess principal principle prior prison prisoner private prize probability probable probably problem
procedure proceed proceeding proceeds processor procurement produce producer production productive productivity
profession professional professor profit profitable program programme programmer programming progressive prohibit
promise promote promotion prompt promptly proof proper properly proportion proposal propose prosecute prospect protect
protection protein protest proud prove provide provided provider provision psychology pub publication publicity
publisher pull pump punch punctual punish punishment pupil purchase pure purpose pursue pursuit push put puzzle
qualification qualified qualify quantity quarrel quarter queen quickly quiet quietly quit quite quota quotation rabbit
race racial rack radiation radical radio rail railway rain rainy raise rally ram range rank rapid rapidly rare rarely
rat rather ratio rational raw ray reach react reaction reader readily reading real realistic reality realise realize
really rear reasonable reasonably reassure rebel recall receipt receiver reception receptionist recipe reckon
recognise recognition recognize recommend recommendation reconsider recording recovery recruit recruitment recycle
reduce reduction refer referee reflect reflection reform refresh refreshment refrigerator refuge refuse regard
regarding regardless regards regime region regional registration regret regular regularly regulate regulation rehearse
reinforce relate relation relationship relative relatively relax release relevant reliable relief relieve religion
religious reluctant rely remain remainder remark remarkable remarkably remedy removal rent rental repair repay
repayment repetition replacement representation representative reproduce republic reputation rescue research
researcher resemble reservation reserve residence resident residential resign resignation resist resistance resolution
resort respect respectful respectfully respective respond respondent responsibility responsible rest restaurant
restoration restrict restriction retail retailer retain retire retired retirement retreat reveal revenge reverse
revise revision revolution reward rhythm rice rich rid ride rider ridiculous rifle ring riot rise risk risky rival
river road roast rob rock rocket roll romance romantic roof root rope rough roughly round route routine royal rub
rubber rubbish rude ruin ruler rumor rumour rural rush sack sacred sacrifice sad safe safely safety sail sailor saint
sake salad salary salesman salt sample sand sandwich satellite satisfaction satisfactory satisfied satisfy sauce
saving say scale scandal scarce scare scatter scenario scene sceptical schedule scheme scholar scholarship school
science scientific scientist scissors score scratch scream screw sea seal seaside season seat secondary secret
secretary sector secure seek seem segment seize seldom selective self sell seller senate senator senior sense sensible
sensitive sentence separate separately sequence series serious seriously servant serve settle settlement seven
seventeen seventh seventy several severe severely sew sex sexual shade shadow shake shall shallow shame sharp sharply
shave she shed sheep shelf shell shelter shelves shift shine shiny shipment shipper shirt shock shoe shoot shopping
shore shortage shorten shortly shot should shoulder shout shower shrink shut shy sick sickness side sigh sight signal
significance significant significantly silence silent silk silly silver similar similarly simple simply simulate
simultaneous since sincere sincerely sing singer single sink sir sister sit situate situation six sixteen sixth sixty
skill skilled skin skirt sky slave sleep sleeve slice slight slightly slope slot slow slowly smart smell smile smoke
smoking smooth smoothly snake snow so soap soccer social society sock soft software soil solar soldier sole solely
solicitor solid solution solve some somebody somehow someone something sometime sometimes somewhat somewhere son song
soon sore sorry soul sound soup south southern space spare spatial speak speaker special specialist specialize
specialise specially species specification specify specimen spectacular spectrum speech speed spell spelling spend
sphere spice spider spill spin spirit spiritual spite split spoil spokesman sponsor spoon sport spot spouse spray
spread spring spy squad square squeeze stable stadium stage stain stair stake stamp stand standing stare startup
starve statue stay steadily steady steak steal steam steel steep stem stick sticky stiff still stimulate stir stomach
stone storm story straight straightforward strain strange stranger strategic strategy stream strength strengthen
stress stretch strict strictly strike striking strip stroke strong strongly structural structure struggle student
studio study stuff stupid subject subsequent subsequently subsidy substance substantial substantially substitute
suburb succeed successful successfully succession such sudden suddenly sue suffer sufficient sufficiently sugar
suggest suggestion suicide suit suitable suitcase sum summarise summarize summer summit sun sunny super supermarket
supervise supervision supervisor supper supplement supplier supply suppose supreme sure surely surface surgeon surgery
surplus surprise surprised surprising surprisingly surrender surround surroundings survey survival survive suspect
suspend suspicion suspicious sustain sustainable swallow swear sweat sweater sweep sweet swim swimming swing sword
symbol sympathetic sympathy symptom syndrome systematic tackle tail take tale talent talk tall tank tap tape taste
taxation taxi taxpayer tea teach teacher teaching tear tease technical technician technique technological technology
teenage teenager telephone television tell temper temperature temple temporarily temporary temptation ten tenant tend
tendency tender tennis tension tent terminal terminate terrible terribly terrific terrify territory terror text than
thankful theatre theft their theirs them themselves theoretical theory therapist therapy thereafter therefore they
thick thief thin thing think thinking third thirsty thirteen thirty thorough thoroughly those though thought
thoughtful thousand threat threaten three throat through throughout throw thumb thus ticket tide tidy tie tight till
timber timely timing tin tiny tip tired tiring tissue toe together toilet tolerate tomato ton tone tongue tonight too
tool tooth toss totally touch tough tour tourism tourist tournament toward towards towel tower town toy trace trader
tradition traditional traffic tragedy tragic trail trailer train trainee trainer training trait transaction transform
transformation transit transition translation transmission transmit transparent transport transportation trap travel
traveler traveller tray treasure treasurer treat treatment treaty tree tremendous trend trial triangle tribe trick
trigger trip triumph troop tropical trouble troubled trousers truck truly trunk trust trustee truth tube tune tunnel
tutor twelve twenty twice twin twist two typical typically tyre ugly ultimate ultimately umbrella unable unacceptable
uncertain uncle unclear uncomfortable under undergo underground underline underlying undermine understand
understanding undertake undertaking undoubtedly unemployed unemployment unexpected unfair unfortunate unfortunately
unhappy uniform unify union unique unite united universal universe university unless unlike unlikely unlimited
unnecessary unpleasant unusual upcoming upon upper upset upstairs upward urban urge urgent urgently usage useful
useless user usual usually utility utilize vacancy vacant vacation vaccine vague vain validate valley valuable van
vanish variable variation variety various vary vast vegetable vehicle venture venue verbal verdict verification verify
verse version versus vertical very vessel via victim victory village violate violation violence violent virtual
virtually virtue virus visa vision visitor visual vital vitamin vocabulary voice volume voluntary volunteer vote voter
voucher voyage vulnerable wage waist waiter waitress wake walk wall wallet wander want war ward wardrobe warm warmly
warmth warn warrant warranty wash waste watch water wave way weak weaken weakness wealth wealthy weapon wear weather
web website wedding weed weekday weekend weigh weight weird welfare well were west western wet whatever wheat wheel
whenever whereas whereby wherever whether whichever while whilst whisper whistle whoever whole wholly wholesale whom
whose wicked widely widespread wife wild willing willingly win wind wine wing winner winter wipe wire wireless wisdom
wise wish withdraw withdrawal within witness woman women wonder wonderful wood wooden wool worker workforce working
workplace workshop world worldwide worried worry worse worst worth worthwhile worthy would wound wrap write writer
writing yard yeah yellow yield young younger youngest your yours yourself youth zero zone accountant accounting acre
admin administrator agile airborne alias align alignment allergy alumni ambiguous amendment annex anomaly antenna
appendix applicable apprentice arbitrary array assertion asynchronous attendee backlog bandwidth banking baseline
beneficiary benchmark beta bias bilateral billing biology blog blueprint boolean bot bottleneck breakpoint buffer byte
cache callback capita carousel cashier catering census changelog charter checklist checkpoint chemotherapy chore
chronic circular clause cleanup clipboard coding cohort collateral collaborate collaboration collaborative commodity
competency compile compiler conditional config configure consortium constructor contingency contractual costing coupon
cron crypto curator cursor custodian customise customize cyber dashboard dataset datasheet debug debugger decimal
deduplicate deliverable delta demographic demo dependency deploy deployment depreciation deprecated diagnosis
diagnostic diagnose directive disclaimer disclosure discrepancy disposal dividend docket dosage downtime dropdown
earnings eligibility elective encode encoding encrypt encryption endpoint enrol enroll enrollment enrolment enumerate
equity escalate escalation ergonomic ethernet excel exemption expenditure extract extraction facilitator fallback
fiscal firewall firmware fixture flowchart footer forensic formatting freelance freelancer fulfilment fulfillment
functionality fundraiser fundraising gateway geometry glossary goodwill governance grid hacker handover handbook hash
headcount helpdesk hierarchy holdings homepage hotfix hourly hub hygiene identifier idle immune incremental incur
indemnity indent infer ingest integer intake integrate interim intern internet internship intranet inventory iterate
iteration iterative itinerary java javascript kilogram kiosk layer ledger legacy liaison linear linguistic liquidity
listing litigation loop logistics login maintainer malware mapping markup matrix meeting memo merchandise metadata
meta methodology metric metrics middleware migrate migration milestone module modular modulo momentum monetary
monitoring multimedia nested node notary notebook noun null numeric nutrition offline offset offshore onboard
onboarding online onsite opensource optimal optimize optimise orientation outage outbound outpatient outreach
outsource overdraft overhead override overlap overlay packaging paragraph parameter parse parser patent payload payee
payer pediatric percentage performer peripheral pharmacist phishing pickup pixel placeholder plugin podcast pointer
portal postal postcode prefix prepaid prerequisite prescription preset probation procure proofread prospective
prospectus protocol prototype proxy pseudo quantitative quarterly query quiz radius random readme realtime rebate
recap reconcile reconciliation recruiter redirect refactor referral refinance refresher refundable regression
reimburse reimbursement remittance renew renewal renewable renovate renovation rendering replenish replica repo
requisition reschedule reseller resubmit retention retrospective reusable roadmap roster rollback rollout router
routing runtime saas scalable scanner schema screenshot scrum sequel serial serialize server shareholder shipping
shortlist signup skeleton snapshot sprint spreadsheet stakeholder standalone standup statistic stationery statutory
stipend stockholder storyboard streamline subcontractor subdomain subset subsidiary summary superintendent surcharge
surveillance symmetric synchronize syntax synopsis taxonomy telemetry templating tenure terminology textbook threshold
throughput thumbnail timeline timeout timestamp timesheet timezone toggle token tooltip topology traceable tracker
tracking transcript transient treasury triage troubleshoot tuition turnover tutorial typography undo unsubscribe
unicode update uptime usability utilization validation variance vector vendor verbose versatile viable viewport
visibility waiver warehouse webcam webhook webinar webpage wellbeing whitelist widget wiki workaround workbook
workload workout worksheet workstation yearly am are was been has had does did done doing having me we us it i its
this these here there what which who why how all any both each more most other not only same can will just now ain
aren couldn didn doesn hadn hasn haven isn mustn needn shouldn wasn weren wouldn don won ll ve re ate began begun bent
bitten blew blown borne bought broke broken brought built burnt came caught chose chosen clung crept dealt drank drew
drawn driven drove drunk dug eaten fallen fed fell felt fled flew flown forbidden forgave forgot forgotten fought
found froze gave given gone got gotten grew grown heard held hid hung kept knelt knew known laid lain led left lent
lit made meant met paid proven ran rang rode risen rose said sang sank sat saw seen sent shaken shone shook shown
shrank slept slid sold sought spent spoke spoken sprang stole stolen stood struck stuck sung sunk swam swept swore
sworn swung taken taught threw thrown told took tore torn understood undertook undertaken upheld wept went withdrew
withdrawn woke woken wore worn wove wrote written feet men teeth mice geese lives wives knives leaves halves selves
people anti auto bi co de dis ex hyper inter intra macro mega micro mid mini mis mono multi neo non over para poly
post pre pro proto semi sub sur tele trans tri ultra un uni vice ok okay yes no hey hi hello bye thanks please cheers
wow oh ah hmm oops ha lol btw fyi asap eta tbd tba faq pdf csv html css url api app apps email sms gps usb ip id ids
vpn sql json xml http https ceo cfo cto hr kpi roi crm erp sku gmt utc est pst pdt edt cet bst eur usd gbp inc vat
rsvp qty po rev ref min max avg approx monday tuesday wednesday thursday friday saturday sunday mon tue wed thu fri
january february march april may june july august september october november december jan feb mar apr jun jul aug sep
sept oct nov dec first second ninth tenth about above accordion accrual acquaintance actress actuator adapter add
additionally addon adds adjuster affidavit afterward against airplane aisle albeit algebra allergic almond also
alternatively alternator amortise anaesthetic android anesthetic angular animation anthropology antibiotic antibiotics
antiviral append appraisal apt arbitration archive archived ask aspirin assignee assignment asthma astronomy at attach
attachments attest auditor authenticate autocomplete autofill avatar awk backend backorder bandage bar barcode bare
barrister batsman be became beforehand begin big bind bio biopsy blocker blood blueberry bluetooth boarding bold
bookmark bowler box boyfriend breadcrumb brightness broccoli browser buffet bumper burndown but by cabbage calculus
calendar call camera canary cancelled canvas capitalise capitalize capsule card cardiac cardiology caret cartridge
case cello charger chart checkin checkout chmod choir cholesterol chop chord chrome chunk cinnamon ciphertext city
claimant classmate clean clear clone close closed clutch cocktail coconut codec commit compose concierge conductor
consignment console contradict conveyor cost counteroffer covenant covert coworker credit cucumber curl cut cyclist
daemon database day dean debian debit decline decode decrypt decryption deductible defendant defender delayed delete
delivered denial deposition depreciate desktop detector diabetes diabetic dice diff digest digit diploma discharge
disciplinary discus dissertation django do doc dock docker docs doctorate dormitory dough down downstream draft
dribble drift drop dropship drummer duplex duplicate durable emoji end env epic epoch erase err exclusion export
extension eyedropper fake fedora fiance fiancee filter find firefox flask flatmate flip flush flute folder follower
following footnote for forklift formatter forward forwarded fracture free from frontend full fullstack garlic gb
gearbox generic geology get gigabyte girlfriend glucose go goalkeeper golang good grandchild grandchildren
granddaughter grandparent grandson grape graphql great grep grey gridline grievance grill group guitarist gutter
gymnast gzip ham hashtag have hazelnut header heading headlight headset hereby hereof herewith high hiring hostel
hotspot house housekeeping hover hunk hurdle hyperlink hypertension ibuprofen if imitate immunization imperative
import in inasmuch inbound inbox inclusion incognito incoterms indemnify index ingress injection inning inpatient
insert insofar insulin integration interviewee interviewer into invite invitee invites invoice ios is italic javelin
job join junk jurisdiction kafka kanban kb keep kerning keyboard kilobyte kind kindergarten knead kotlin laminate
laptop laravel last late launcher lawsuit layover leave lentil let letterhead level light lime limit line linen linger
linguistics lint linter linux list little livestream load lobster local localhost lockscreen lodging look loopback low
lyrics macos main make malicious mango marathon mark maternity mb mediator megabyte melody melon merge merged
microphone midfielder migraine milliseconds minibar minutes misuse modal mode modem modifier mongo monitor motel move
mri ms mute mysql name namespace nausea navbar neurology new next nonce noodle normalise normalize note notes
notwithstanding numbering of off offboarding offer offside old on oncology one onset open or orange orchestra order
ordinance organiser our out outbox outdent oyster paddle page painkiller palette pallet pan pane panes paracetamol
paralegal paramedic parental part partition parts passport pasta paste paternity pay payslip pea peach peanut pear
pediatrics peel permission person phone pianist pickle pineapple pinned pivot place plaintext plaintiff plan play
playlist plum pod point policyholder popover popup pork port postgraduate postgres powerpoint prawn premiere preschool
presenter primary print printer priority prod profile prognosis projector prose provenance provost pseudonym px python
queue quick racket radiator radiology rails rash raspberry rate read rebase rebook receivable recipient recurrence
recurring redact redaction redis redo reel refund relay reload reminder reminders reopen reopened reporter repost
resize resolve resolved restock restore returned retweet revert ribbon right role room roommate rotate row rsync ruby
run rust safari safeguard salmon sandbox sauna sausage save saxophone scan scp screensaver script scroll sed see seed
select semester seminar send sender serif set severity shard ship show shredder shrimp shuttle sidebar sign signature
simmer site size slack slide slider slideshow small snap sociology socket sort spa spacing spam span sparkline spinach
spinner sprain sqlite squash ssh staging staple start stash state statistics statute stderr stdin stdout step
stepdaughter stepfather stepmother stepper stepson sticker stitches stocktake stop stopover stove strawberry stray
striker strikethrough stylus subheading subjects subpoena subscript subtotal sudo suite superscript superuser surgical
svelte swatch swelling swift swimlane swimmer switch syllabus synthetic syringe tab table tablespoon tablet tabs tar
tariff task taskbar tb team teammate teams teaspoon tentative term test testimony that the then thereby thereof thesis
thread threads tile time tire to toast today toner top topic total touchpad touchscreen track transfer trash
trigonometry true trumpet truncate try tuna turkey turn type typecheck typescript ubuntu ultrasound umpire undelivered
undergraduate underwriter unit unittest unmerged unmute unpin unread up upgrade upstream urine use value vanilla
velocity verb verifier view viewer violin vodka vomit vue wait wallpaper walnut watcher watermark waybill websocket
week wget when where wherein whisk whiskey whisky whiteboard wicket wide wifi windows windscreen windshield wiper with
wontfix word work workmate xray year yeast yoghurt yogurt you zoom
bill frank jack dale herb iris ivy jade jasmine lily olive pat pearl rusty skip victor wade willow grace daisy heather
holly hazel ginger jean chuck buck rod sterling amber carol robin violet miles destiny eve duke earl baron reed worsen
lessen loosen coarsen arisen
"""
ENGLISH = frozenset(_LIST.split())
