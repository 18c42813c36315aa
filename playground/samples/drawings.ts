/** Pictures that samples start from, drawn by the project as SVG of 1024 by 1024. */

function picture(ground: string, shapes: string): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" width="1024" height="1024" viewBox="0 0 1024 1024">` +
    `<rect width="1024" height="1024" fill="${ground}"/>${shapes}</svg>`;
}

const EYES =
  `<circle cx="432" cy="300" r="42" fill="#fff"/><circle cx="592" cy="300" r="42" fill="#fff"/>
<circle cx="438" cy="306" r="20" fill="#23233a"/><circle cx="586" cy="306" r="20" fill="#23233a"/>
<path d="M440 384q72 44 144 0" fill="none" stroke="#23233a" stroke-width="14" stroke-linecap="round"/>`;
const PANEL = `<rect x="412" y="530" width="200" height="130" rx="20" fill="#ffe2a8"/>
<circle cx="462" cy="595" r="24" fill="#e4572e"/><circle cx="532" cy="595" r="24" fill="#3aa76d"/>
<rect x="574" y="570" width="16" height="50" fill="#23233a"/>`;
const VENTS = `<g fill="#2b6f77"><rect x="420" y="540" width="184" height="20" rx="10"/>
<rect x="420" y="590" width="184" height="20" rx="10"/><rect x="420" y="640" width="184" height="20" rx="10"/></g>
<circle cx="512" cy="310" r="54" fill="#2b6f77"/>`;
const ROBOT_BODY = `<ellipse cx="512" cy="930" rx="280" ry="34" fill="#c9d3d8"/>
<rect x="504" y="112" width="16" height="90" fill="#23233a"/><circle cx="512" cy="104" r="30" fill="#e4572e"/>
<rect x="392" y="780" width="86" height="140" rx="26" fill="#2b6f77"/><rect x="546" y="780" width="86" height="140" rx="26" fill="#2b6f77"/>
<rect x="236" y="500" width="86" height="230" rx="43" fill="#2b6f77"/><rect x="702" y="500" width="86" height="230" rx="43" fill="#2b6f77"/>
<rect x="352" y="180" width="320" height="270" rx="64" fill="#3f9aa5"/><rect x="316" y="470" width="392" height="340" rx="64" fill="#4fb3bf"/>`;
const ROBOT_SIDE = `<ellipse cx="512" cy="930" rx="220" ry="34" fill="#c9d3d8"/>
<rect x="504" y="112" width="16" height="90" fill="#23233a"/><circle cx="512" cy="104" r="30" fill="#e4572e"/>
<rect x="456" y="780" width="112" height="140" rx="26" fill="#2b6f77"/>
<rect x="400" y="180" width="224" height="270" rx="64" fill="#3f9aa5"/><rect x="396" y="470" width="232" height="340" rx="64" fill="#4fb3bf"/>
<rect x="469" y="510" width="86" height="230" rx="43" fill="#2b6f77"/><circle cx="430" cy="300" r="34" fill="#fff"/><circle cx="422" cy="306" r="16" fill="#23233a"/>`;

/** A toy robot, as one sees it from four sides. */
export const robot = {
  front: picture("#eef2f4", ROBOT_BODY + EYES + PANEL),
  left: picture("#eef2f4", ROBOT_SIDE),
  back: picture("#eef2f4", ROBOT_BODY + VENTS),
  right: picture("#eef2f4", `<g transform="matrix(-1 0 0 1 1024 0)">${ROBOT_SIDE}</g>`),
};

export const lighthouse = picture(
  "#f7c59f",
  `<circle cx="760" cy="300" r="110" fill="#ffefc1"/><path d="M0 690q256-80 512 0t512 0v334H0z" fill="#3d6e8f"/>
<path d="M0 780q256-70 512 0t512 0v244H0z" fill="#2c5470"/><path d="M150 800q180-170 430 0z" fill="#4d4a52"/>
<path d="M300 720l36-400h80l36 400z" fill="#fff6ec"/><path d="M323 470h106l9 96H314zM331 380h90l4 44h-98z" fill="#d1495b"/>
<rect x="318" y="256" width="116" height="66" fill="#ffd166"/><path d="M300 256l76-86 76 86z" fill="#d1495b"/>
<path d="M434 276l420-110v220z" fill="#fff3cf" opacity=".55"/>`,
);

export const garden = picture(
  "#bfe3f2",
  `<circle cx="170" cy="170" r="80" fill="#ffe08a"/><path d="M0 560q300-120 1024-20v484H0z" fill="#8cc47f"/>
<path d="M0 760q400-90 1024 0v264H0z" fill="#6aa861"/><rect x="690" y="360" width="54" height="260" fill="#7a5136"/>
<circle cx="716" cy="300" r="170" fill="#3f8a4f"/><circle cx="600" cy="370" r="100" fill="#4b9a5b"/>
<path d="M430 1024q60-220-20-330h110q120 130 130 330z" fill="#e5d3ad"/>
<g fill="#a0653a"><rect x="150" y="700" width="280" height="32" rx="8"/><rect x="150" y="630" width="280" height="24" rx="8"/>
<rect x="170" y="730" width="24" height="80"/><rect x="386" y="730" width="24" height="80"/></g>`,
);

/** What of the garden is to change: white over the bench. */
export const gardenMask = picture(
  "#000",
  `<rect x="120" y="600" width="340" height="230" fill="#fff" shape-rendering="crispEdges"/>`,
);

export const cat = picture(
  "#cfd8ea",
  `<rect y="760" width="1024" height="264" fill="#8f6f9e"/><path d="M700 800q180 30 170-170-5-70-60-60t-20 70-80 90z" fill="#d9772b"/>
<ellipse cx="520" cy="700" rx="230" ry="200" fill="#ef8f3c"/><path d="M330 300l-20-180 150 90zM690 300l20-180-150 90z" fill="#ef8f3c"/>
<path d="M345 260l-10-90 80 50zM675 260l10-90-80 50z" fill="#f9c9a0"/><ellipse cx="512" cy="380" rx="220" ry="190" fill="#ef8f3c"/>
<path d="M512 200v90M452 206l12 74M572 206l-12 74" stroke="#c4601b" stroke-width="20" stroke-linecap="round"/>
<circle cx="430" cy="370" r="36" fill="#fff"/><circle cx="594" cy="370" r="36" fill="#fff"/><circle cx="430" cy="374" r="20" fill="#2d3a2e"/><circle cx="594" cy="374" r="20" fill="#2d3a2e"/>
<path d="M488 436h48l-24 28z" fill="#b5485d"/><path d="M512 464q-30 50-70 20M512 464q30 50 70 20" fill="none" stroke="#7a3b12" stroke-width="10" stroke-linecap="round"/>
<ellipse cx="520" cy="760" rx="120" ry="120" fill="#f9dcc0"/><ellipse cx="430" cy="884" rx="70" ry="40" fill="#ef8f3c"/><ellipse cx="610" cy="884" rx="70" ry="40" fill="#ef8f3c"/>`,
);

export const mug = picture(
  "#e9dcc9",
  `<path d="M0 700h1024v324H0z" fill="#b98b5e"/><path d="M0 760h1024M0 860h1024M0 950h1024" stroke="#a5784d" stroke-width="8"/>
<rect x="60" y="80" width="300" height="380" rx="12" fill="#cfe6ee"/><path d="M210 80v380M60 270h300" stroke="#fff" stroke-width="16"/>
<circle cx="880" cy="640" r="110" fill="#5f8f58"/><rect x="810" y="690" width="140" height="110" rx="16" fill="#d98b5f"/>
<ellipse cx="500" cy="850" rx="220" ry="30" fill="#8f6540"/><path d="M640 520q170-10 150 130-20 120-170 110" fill="none" stroke="#2f5d9b" stroke-width="48"/>
<path d="M320 440h350l-24 370q-4 40-60 40H404q-56 0-60-40z" fill="#3b74bd"/><ellipse cx="495" cy="440" rx="175" ry="46" fill="#2f5d9b"/>
<ellipse cx="495" cy="446" rx="150" ry="34" fill="#4a2c1a"/><path d="M400 620l60 60 130-130" fill="none" stroke="#ffd166" stroke-width="34" stroke-linecap="round" stroke-linejoin="round"/>`,
);

export const teapotSketch = picture(
  "#fff",
  `<g fill="none" stroke="#222" stroke-width="12" stroke-linecap="round" stroke-linejoin="round">
<path d="M330 470q-60 290 60 330h240q120-40 60-330"/><path d="M326 472q186-56 368 0"/><path d="M360 452q150-150 304 2"/>
<circle cx="512" cy="322" r="34"/><path d="M330 560q-140-10-170-150l-40-16 66-44q52 110 150 130"/>
<path d="M694 520q190-80 190 80 0 120-186 110"/><path d="M694 570q116-54 122 30 0 66-114 62"/><path d="M398 800l-20 34h268l-20-34"/>
<path d="M430 600q82 60 164 0" stroke-width="8"/><path d="M430 660q82 60 164 0" stroke-width="8"/></g>`,
);
