# SPDX-License-Identifier: Apache-2.0
"""Given names and surnames that many people bear, from many countries, in plain letters. Written for this project.

Never whole: it helps where a name is written in small letters or is a word too. What no list knows, the keep-list cuts.
"""

_GIVEN = """
aaliyah aaron abbas abdel abdul abdullah abel abena abigail abraham abram achim ada adam adama adele adelina aditi
aditya adnan adrian adriana adrien agata agatha agnes agnieszka ahmad ahmed aicha aida aidan aileen aisha ajay akash
akhil akira akua alain alan alana alba albert alberta alberto aldo alec aled alejandra alejandro aleksandar aleksander
aleksandra aleksei alena alessandra alessandro alessia alex alexa alexander alexandra alexandre alexei alexia alexis
alfonso alfred alfredo ali alice alicia alina alisa alison alistair allan allen allison alma alonso alvaro alyssa amal
amanda amani amara amber amelia amelie amin amina amir amira amit amos amy ana anabel anand ananya anastasia anders
andre andrea andreas andrei andrej andres andrew andrey andrzej andy aneta angel angela angelica angelina angelo angus
anika anil anita anja anjali ann anna annabel annabelle anne anneke annelies annette annie annika ansel anselm anthony
antoine anton antonella antonia antonin antonio anu anya april archie aria ariana ariel arjun arlene armand armando
arnaud arnold arthur artur arturo arun arvid asa asher ashley ashok ashraf asif asma astrid athena aubrey audrey august
augusta auguste aurelie aurora austin ava avery axel aya ayaan ayan ayesha aylin ayse aziz babak bahar balazs barbara
barry bart bartosz basil bastian bea beatrice beatrix beatriz becky belinda bella ben benedict benedikt benjamin bennett
benny beppe bernadette bernard bernardo bernd bernhard bernice bert bertha beth bethany betty beverley beverly bharat
bianca bilal bill billy birgit birgitta bjorn blanca blanche bob bobby bogdan bonnie boris boyd brad bradley brahim
brandon branislav brenda brendan brent brett brian briana bridget brigitte britt brittany bronwyn bruce bruno bryan
bryce burak caitlin caleb callum calvin cameron camila camilla camille candice cara carina carl carla carlo carlos
carlotta carly carmel carmela carmen carol carole carolina caroline carolyn carrie carsten casey cassandra catalina
caterina catherine cathy cecile cecilia cedric celeste celia celine cesar chad chandra chantal charlene charles charlie
charlotte chelsea chen cheryl chiara chidi chinedu chioma chloe chris christa christelle christian christiane christina
christine christoph christophe christopher christy chuck cian ciara cindy claire clara clarissa clarence claude claudia
claudio claus clayton clemens clement clementine cliff clifford clint clive clyde cody colette colin colleen connie
conor conrad constance consuelo cora coralie corinna corinne cornelia cornelius cory courtney craig cristian cristiano
cristina crystal curtis cynthia cyril cyrus dagmar dagny daisy dale dalia damian damien damir damon dan dana daniel
daniela daniele danielle danijel danilo danny dante daphne daria darek dariusz darko darlene darrell darren darryl
dave david davide dawid dawn dean deanna deborah debra declan deepa deepak deepika deirdre delia delphine demetrius
denis denise dennis derek dermot desiree desmond devon dhruv diana diane dick didier diego dieter dietmar dilip dimitri
dina dinesh dirk djamel dmitri dmitry dolores dominic dominik dominika dominique don donald donatella donna donovan
dora doreen dorian doris dorota dorothea dorothy doug douglas dragan duncan dustin dwayne dwight dylan eamon earl
ebony eddie edgar edith edmund eduard eduardo edward edwin eero efe eileen eirik eivind ekaterina elaine elena eleanor
eleni eleonora elham eli elia eliana elias elif elijah elin elina elisa elisabeth elise eliza elizabeth ella elle ellen
ellie elliot elliott elmer eloise elsa elsie elvira emanuel emanuele emeka emelie emil emilia emilie emiliano emilio
emily emine emir emma emmanuel emmett emre enrico enrique enzo eric erica erich erik erika erin ernest ernesto ernst
erwin esmeralda esra esteban estelle ester esther ethan ethel etienne eugen eugene eugenia eunice eva evan evangeline
eve evelina evelyn ewa ezekiel ezra fabian fabiana fabien fabio fabrice fadi fahad faisal faith farah farid fatima
fatma fatou federica federico felicia felicity felipe felix femi feng ferdinand ferenc fergus fernanda fernando fiona
flavia flavio fleur flora florence florent florian floyd fran frances francesca francesco francine francis francisca
francisco franco francois francoise frank franklin frans franz fraser fred freddie frederic frederick frederik fredrik
freya frida frieda friedrich fritz gabor gabriel gabriela gabriella gabrielle gael gail galina gareth garry gary gaurav
gavin geert gemma gene genevieve geoff geoffrey george georgia georgina gerald geraldine gerard gerda gerhard german
gertrude giacomo gian gianluca gianni gideon gilbert gilberto giles gina ginger gino giorgia giorgio giovanna giovanni
gisela giselle giulia giuliano giulio giuseppe gladys glen glenda glenn gloria godfrey gonzalo gordon grace gracie
graeme graham grant greg gregor gregory greta gretchen grzegorz guadalupe gudrun guido guillaume guillermo gunnar
gunther gustav gustavo guus gwen gwendolyn gyula habib hadi hadiza hafsa haiko hakan hal hamid hamish hamza hana hanna
hannah hannes hans hao hari harold haroon harriet harrison harry harsh haruka haruki haruto harvey hassan hayden hazel
heather hector heidi heike heikki heiko heinrich heinz helen helena helene helga helmut hendrik henk henning henri
henrietta henrik henrique henry herbert herman hermann hermione hilda hilary hilde hiroshi hiroto holger holly horst
howard hubert hugh hugo humberto hussein ian ibrahim ida idris ifeoma ignacio igor ikram ilaria ilias ilona ilse iman
imogen imran ines inga inge ingeborg ingrid inigo ioana ioannis ira irena irene irina iris irma irving isaac isabel
isabella isabelle isaiah isha ishaan isla ismael ismail istvan ivan ivana ivo ivy izabela jacek jack jackie jackson
jaclyn jacob jacqueline jacques jade jaden jagoda jaime jake jakob jakub jamal james jamie jan jana jane janet janice
janina janine janis janos jared jarek jaroslav jasmin jasmine jason jasper javier jay jayden jayne jean jeanette jeanne
jeff jeffrey jelena jemima jen jenna jennie jennifer jenny jens jeremiah jeremy jermaine jerome jerry jesper jess jesse
jessica jessie jesus jia jill jim jimena jimmy jing jiri jitka jo joachim joan joana joann joanna joanne joao joaquin
jodie joe joel joelle joerg joey johan johann johanna johannes john johnathan johnny jolanta jon jonas jonathan joost
jordan jordi jorge jorg jose josef josefa josefina joseph josephine josh joshua josie josip joyce juan juana juanita
judith judy juha jules julia julian juliana julianne julie julien juliet juliette julio julius june jun jurgen justin
justyna jutta kaan kacper kai kaitlyn kamal kamil kamila kamran kana kara karan kareem karel karen karim karin karina
karl karla karol karolina karsten kasper kasia katarina katarzyna kate katerina katharina katherine kathleen kathrin
kathryn kathy katia katie katja katrin katrina kavita kay kayla kaylee kazuki keiko keisha keith kelly kelsey kelvin
ken kendra kenji kenneth kenny kent kerry kerstin kevin khadija khalid khaled kieran kiera kiki kim kimberly kira
kiran kirk kirsten kirsty kit kjell klaas klara klaus kofi kojo konrad konstantin kris krishna kristen kristian
kristin kristina kristof krystyna krzysztof kumar kurt kwabena kwame kyle kylie kyra laila lakshmi lana lance lara
larissa larry lars laszlo latisha latoya laura laurel lauren laurence laurent laurie lavinia lawrence layla lea leah
leandro lee leif leigh leila lena lenka lennart lenny leo leon leona leonard leonardo leonid leonie leonor leopold
leroy lesley leslie leszek leticia letitia levi lewis liam libby lidia lila lili lilia lilian lillian lilly lily lina
linda lindsay lindsey ling linnea linus lionel lisa lisbeth lise lloyd logan lois lola lonnie lore lorena lorenz lorenzo
loretta lori lorna lorraine lothar lotte lou louis louisa louise lourdes luan luc luca lucas lucia lucian luciana
luciano lucie lucien lucile lucille lucinda lucy ludmila ludwig luigi luis luisa luka lukas lukasz luke luna luther
lutz lydia lyle lynda lynette lynn lynne maarten mabel maciej maddie madeleine madeline madison mads mae magda
magdalena maggie magnus maha mahdi maher mahmoud maia maike maisie maja makoto malcolm malgorzata malik mallory mandy
manfred manju manoj manon manuel manuela mara marc marcel marcela marcella marcelo marcia marcin marco marcos marcus
marek margaret margarita margaux margit margot margherita marguerite maria mariam marian mariana marianne maribel marie
mariella marietta marija marijke marilyn marina mario marion marisa marisol marissa marit marius mariusz mark marko
markus marlene marlies marlon marta martha martin martina marty marvin mary maryam masato mason massimo mateo mateusz
mathias mathieu mathilde matias matilda matt matteo matthew matthias matthieu maud maureen maurice mauricio maurizio
mauro max maxim maxime maximilian maxine maya mayumi meera megan mehdi mehmet mei meike melanie melina melinda melissa
melody melvin mercedes meredith merle mette mia micah michael michaela michal michel michele michelle mick miguel mihai
mika mikael mike mikhail mikkel mila milan milena miles milica milos mina ming minh mira miranda mireille miriam mirjam
mirko miro miroslav misha mitch mitchell moana mohamed mohammad mohammed mohan moira moises molly mona monica monika
monique morgan moritz morten moses moshe muhammad murat muriel murray mustafa myles myra myriam myrtle nabil nadeem
nadia nadine nadja nancy naoki naomi natalia natalie nataliya natasha nathalie nathan nathaniel neha neil nellie nelly
nelson nenad neville ngozi nicholas nick nicki nicky nico nicola nicolas nicole niels nigel nikhil nikita niklas nikola
nikolai nikolaos nikos nils nina nisha nitin noah noel noelle noemi noor nora norbert noreen norma norman nour nuno
nuria octavia octavio odette okan ola olaf ole oleg olena olga olive oliver olivia olivier ollie omar ondrej oona
ophelia orla orlando orson oscar oskar osman oswald otis otto owen pablo paige pam pamela paola paolo parker pascal pat
patience patricia patricio patrick patrik patrizia patsy paul paula paulina pauline paulo pavel pawel pearl pedro peggy
penelope penny percy perry pete peter petr petra petros phil philip philipp philippa philippe phillip phoebe phyllis
pia pierce pierre pieter pietro pilar piotr polly poppy prakash pranav preeti preston priscilla priya priyanka pradeep
prudence qi quentin quincy quinn rachel rachid radek rafael rafal raffaele raghav rahel rahim rahul rainer raj rajesh
ralf ralph ramesh rami ramiro ramon ramona randall randy rania ranjit raphael raquel rashid raul ravi raymond rebecca
reece reggie regina reginald reiko reinhard remi rena renata renate rene renee reuben rex rhiannon rhoda rhys ricardo
riccardo richard rick ricky rikke riley rita ritu robbie robert roberta roberto robin robyn rocco rocio rod roderick
rodney rodolfo rodrigo roger rohan rohit roland rolf roman romain romeo ron ronald ronan ronja ronnie rory rosa
rosalie rosalind rosario rose rosemary rosie ross roxanne roy ruben ruby rudolf rudy rufus rupert russell rusty ruth
ryan ryo saad sabina sabine sabrina sacha sadie saeed safiya sakura sal salim sally salma salman salvador salvatore sam
samantha sameer sami samir samira samuel sana sandeep sander sandra sandro sandy sanjay santiago sara sarah sarita
sascha sasha satoshi saul savannah scarlett scott sean sebastian sebastien selena selina selma serena serge sergei
sergey sergio seth shane shannon shanice sharon shaun shauna shawn sheila shelby sheldon shelley sherri sherry shirley
shiv shreya sian sibylle sidney siegfried sienna sierra sigrid silas silke silvana silvia silvio simon simona simone
sina sinead siobhan sky sofia sofie sondra sonia sonja sophia sophie soren spencer stacey stacy stan stanislav stanley
stefan stefania stefanie stefano stella stephan stephane stephanie stephen steve steven stewart stuart sue suki
sunil sunita suresh susan susana susanna susanne susie suzanne svein sven svenja svetlana swen sybil sylvia sylvie
sylvester tabea tabitha tad tadeusz taj takashi takeshi talia tamar tamara tammy tamsin tania tanja tanya tara tarek
tariq taro tasha tatiana tatjana ted teresa terence terrance terri terry tess tessa thabo thea thelma theo theodor
theodora theodore theresa therese thibault thiago thierry thomas thora thorsten tiago tibor tiffany tilda till tilo tim
timo timothy tina tobias toby todd tom tomas tomasz tommaso tommy toni tony tonya torben tore toshi tracey tracy travis
trevor tricia trina trinity trish tristan troy trudy tuan tuomas tyler tyrone tyson udo ulla ulrich ulrike umar umberto
una ursula usha uta ute uwe vaclav valentin valentina valeria valerie vanessa vasil vasily vera verena vernon veronica
veronika veronique vesna vicente vicki vicky victor victoria vijay vikram viktor viktoria vilma vince vincent vincenzo
viola violet violeta virginia vishal vittoria vittorio vivek vivian viviana vivienne vlad vladimir volker walid wallace
walter wanda warren wayne wei wendy werner wesley wiebke wilbur wilfred wilhelm will willem william willie willow wilma
winifred winona winston wojciech wolfgang wouter xander xavier xenia xiao ximena xin yael yan yana yang yannick yara
yasin yasmin yasmine yasuo yi ying yoko yolanda yosef yuki yuko yuri yusuf yves yvette yvonne zach zachary zack zadie
zahra zainab zara zbigniew zdenek zeynep zhang zita zoe zoltan zora zoran zsofia zuzana
"""
_FAMILY = """
aalto abbott abdi abdullahi abe abraham abrams acevedo acosta adams adamski adeyemi adkins adler afolabi aguilar
aguirre ahlberg ahmadi ahn aitken akhtar albers albrecht alcantara alexander alexandrov alfaro allen allison almeida
alonso altman alvarado alvarez alves amato ambrose amos anand andersen anderson andersson andrade andrews antonov
appiah aquino araujo archer arias armstrong arnold arroyo asante ashworth atkins atkinson austin avila ayala aydin
bailey baird baker baldwin ball ballard banerjee barajas barber barbieri barbosa barker barlow barnes barnett baron
barr barrera barrett barron barros barry bartlett barton bass bassett bates batista battaglia bauer baumann baxter
beasley beaumont beck becker beckett bell bellamy bellini beltran benitez bennett benson bentley benton berg berger
bergman bergstrom bernard bernstein berry best bhatt bianchi biggs bird bishop bjork black blackburn blackwell blair
blake blanchard blanc blanco bloggs blom bloom bobak boateng bogdanov bolton bond bonilla bonnet booker boone booth
borges bosch bouchard boucher bowen bowers bowman boyd boyer boyle braddock bradford bradley bradshaw brady brandt braun
bray brennan brewer bridges briggs bright brito britton brock brooks brown browning bruce brun brunner bruno bryan
bryant buchanan buck buckley bullock burgess burke burks burnett burns burt burton busch bush butcher butler byrd
byrne cabrera cain calderon caldwell calhoun callahan camacho cameron campbell campos cannon cano cantrell cantu
cardenas cardoso carey carlson carlsson carney carpenter carr carrillo carroll carson carter cartwright caruso
carvalho case casey cash castaneda castillo castro cervantes chambers chan chandler chang chapman charles chase
chatterjee chaudhary chavez chen cheng cheung cho choi chopra chowdhury christensen christiansen chu chung church
cisneros clark clarke clay clayton clements cline cobb cochran coffey cohen cole coleman coles collier collins colombo
colon combs compton conley conner connolly connor conrad conti contreras conway cook cooke cooper copeland corbett
cordova corona correia cortes cortez costa costello cote cowan cox craig crane crawford crosby cross cruz cuevas
cullen cummings cunningham curry curtis cuthbert dahl dalton daly daniels das daugherty davenport davey davidson davies
davila davis dawson day deacon dean decker deleon delgado deluca demir dempsey deng dennis desai diaz dias dickerson
dickson diaz dietrich dillon dimitrov dinh dixon dobson dodd dominguez donaldson donovan dorsey doherty dougherty
douglas downs doyle drake dubois duarte dudley duffy dufour duke duncan dunlap dunn dupont duran durand durham dutta
dvorak dyer eaton ebert eckert edmonds edwards ehlers eklund elliott ellis ellison emerson engel english enriquez
eriksen eriksson erdogan escobar esparza espinosa espinoza esposito estes estrada evans everett ewing farley farmer
farrell faulkner fava ferguson fernandes fernandez ferrara ferrari ferraro ferreira ferrell fields figueroa finley
fischer fisher fitzgerald fitzpatrick flanagan fleming fletcher flores floyd flynn foley fontaine fonseca forbes ford
forsberg foster fournier fowler fox francis franco frank franke franklin frazier frederick freeman french frey friedman
friedrich frost fry fuchs fuentes fujita fuller gaines galindo gallagher gallagher gallegos gallo galloway gamble
garcia gardiner gardner garner garrett garrison garza gates gauthier gentile george georgiou gibbs gibson gilbert giles
gill gillespie gilmore giordano girard glass glenn glover goddard golden goldberg goldman goldstein gomes gomez
goncalves gonzales gonzalez good goodman goodwin gordon gorman graf graham grant graves gray greco green greenberg
greene greenwood greer gregory griffin griffith griffiths grimes gross guerra guerrero guerin gupta gustafsson gutierrez
guy guzman haas hahn hale haley hall halvorsen hamilton hammond hampton hancock hanna hansen hanson hardin harding
hardy harmon harper harrell harrington harris harrison hart hartley hartman hartmann harvey hassan hastings hatfield
hawkins hawkes hayashi hayden hayes haynes heath hebert heikkinen heinrich helmer henderson hendricks hendrix henry
hensley henson herman hernandez herrera herring herrmann hess hester hewitt hickman hicks higgins hill hines hinton ho
hobbs hodge hodges hodgson hoang hoff hoffman hoffmann hofmann hogan holden holland holloway holm holmberg holmes holt
hood hooper hoover hopkins hopper horn horne horton horvat horvath hoskins house houston howard howe howell huang huber
hubbard hudson huerta huff huffman hughes hull humphrey hunt hunter hurley hurst hussain hutchinson huynh ibarra ingram
inoue irwin isaacs ito ivanov ivanova jackson jacobs jacobsen jacobson jaeger jain jahn jain james jansen jansson
jarvis jefferson jenkins jennings jensen jimenez johansen johansson johns johnson johnston jones jonsson jordan
jorgensen joseph joshi joyce juarez kaiser kamara kane kang kaplan kapoor kaur kearney keller kelley kelly kemp
kennedy kent kerr kessler khan khanna kim kimura king kirby kirk klein kline knapp knight knox kobayashi koch koenig
kovac kovacs kowalczyk kowalska kowalski kozak kozlov kramer kraus krause krishnan kristensen kruger krueger kuhn kumar
kurt kuznetsov kwon lachance lam lamb lambert lancaster landry lane lang lange langley lara larsen larson larsson
laurent lawson le leach leblanc lee lefebvre leon leonard lester levine levy lewandowski lewis li liang lim lin lind
lindberg lindgren lindqvist lindsey lindstrom little liu livingston lloyd locke logan long lopes lopez love lowe lowery
lozano lu lucas lucero ludwig lund lundberg lundgren luna lutz lynch lynn lyons maas macdonald macdougall mackay
mackenzie macleod madden maddox mahmood mahoney maier maldonado malone mancini mann manning marchand marchetti marin
marino markovic marks marquez marsh marshall martens martin martinelli martinez martini martins mason massey matos
matsumoto mathews mathis matthews maxwell may mayer mayo mays mazur mcbride mccann mccarthy mccarty mcclain mcclure
mcconnell mccormick mccoy mccullough mcdaniel mcdonald mcdowell mcfarland mcgee mcgrath mcguire mcintosh mcintyre mckay
mckee mckenzie mckinney mcknight mclaughlin mclean mcleod mcmahon mcmillan mcneil mcpherson mead meadows medina mehta
meier mejia melendez melo melton mendes mendez mendoza mensah mercado mercer merrill merritt meyer meyers michael
middleton miles miller mills miranda mitchell mohamed mohr molina molnar monroe montes montgomery montoya moody moon
mooney moore mora morales moran moreau moreira moreno morgan mori moretti morin morris morrison morrow morse morton
moses mosley moss moyer mueller mukherjee muller mullen mullins munoz murillo murphy murray myers nagy nair nakamura
nash navarro neal nelson neumann newman newton ng nguyen nicholls nichols nicholson nielsen nielson nieves nilsen
nilsson nixon noble nolan norman norris north norton novak nowak nunez obrien ochoa oconnor odom odonnell oduya
okafor okeke okonkwo olivares oliveira oliver olsen olson olsson oneal oneill orozco orr ortega ortiz osborn osborne
osullivan otieno otto owens ozturk pace pacheco padilla page palacios palmer pappas park parker parks parra parrish
parsons patel patrick patterson patton paul pavlov payne pearce pearson peck pedersen pena pennington pereira perez
perkins perrin perry persson peters petersen peterson petersson petit petrov petrovic pham phan phelps phillips pierce
pinto pittman pitts poole pope popescu popov porter potter potts powell powers prasad pratt preston price prince
pruitt pugh quinn rahman ramirez ramos ramsey randall randolph rangel rasmussen rao ray reed reese reeves reid reilly
reis reyes reynolds rhodes ribeiro ricci rice rich richard richards richardson richmond richter riddle riley rios
ritter rivas rivera rivers roach robbins roberts robertson robinson robles rocha rodgers rodrigues rodriguez rogers
rojas roland rollins roman romano romero rosa rosales rosario rose rosen rosenberg ross rossi roth rousseau roux rowe
rowland roy rubio ruiz rush russell russo ryan saito salas salazar salinas salvador sampson sanchez sanders sandoval
santana santiago santos sato saunders savage sawyer schaefer schafer schmid schmidt schmitt schneider scholz schreiber
schroeder schubert schulte schultz schulz schumacher schuster schwartz schwarz sciarra scott sellers sen serrano sexton
shaffer shah shannon sharma sharp shaw shelton shepard shepherd sheppard sherman shields short silva silver simmons
simon simpson sims singh singleton skinner sloan small smirnov smith smits snow snyder soares sokolov solis solomon
sommer song sosa soto sousa souza sparks spears spence spencer stafford stanley stanton stark steele stein stephens
stephenson stevens stevenson stewart stokes stone stout strickland strong stuart suarez sullivan summers sun sutton
suzuki svensson swan swanson sweeney sykes szabo takahashi tan tanaka tang tanner tapia tate taylor terrell terry
thomas thompson thomson thornton thomsen todd torres toth townsend tran travis trevino trujillo tucker turner tyler
underwood urban usman valdez valencia valentine valenzuela vance vargas vasquez vaughan vaughn vaz vazquez vega
velasquez velazquez velez vera vidal vieira villa villanueva villarreal vincent virtanen vogel vogt volkov voss wade
wagner walker wall wallace waller walls walsh walter walters walton wang ward ware warner warren washington watanabe
waters watkins watson watts weaver webb weber webster weeks wei weiss welch wells werner west weston wheeler whitaker
white whitehead whitney wiggins wilcox wilder wiley wilkerson wilkins wilkinson williams williamson willis wilson
winter winters wise wojcik wolf wolfe wolff wong wood woodard woods woodward wooten wozniak wright wu wyatt xu yamada
yamamoto yang yates yildiz yilmaz yoder yoon york yoshida young yu zamora zapata zavala zhang zhao zheng zhou zhu
ziegler zielinski zimmerman zimmermann
"""
GIVEN = frozenset(_GIVEN.split())
FAMILY = frozenset(_FAMILY.split())
PEOPLE = GIVEN | FAMILY
