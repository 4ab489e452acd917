"""GLSL 3.30: shadow pass, background, and the surface of the person."""

from __future__ import annotations

from training.render.body_template import Part

SHADOW_VERTEX = """
#version 330
uniform mat4 light;
in vec3 in_position;
void main() { gl_Position = light * vec4(in_position, 1.0); }
"""

SHADOW_FRAGMENT = """
#version 330
void main() {}
"""

BACKGROUND_VERTEX = """
#version 330
in vec2 in_corner;
out vec2 uv;
void main() { uv = in_corner * 0.5 + 0.5; gl_Position = vec4(in_corner, 0.999, 1.0); }
"""

BACKGROUND_FRAGMENT = """
#version 330
uniform sampler2D picture;
in vec2 uv;
out vec4 color;
void main() { color = vec4(texture(picture, uv).rgb, 1.0); }
"""

SURFACE_VERTEX = """
#version 330
uniform mat4 view_projection;
in vec3 in_position;
in vec3 in_normal;
in vec3 in_rest;
in vec3 in_masks;
in vec4 in_hand;
in vec2 in_palm;
in float in_knuckle;
out vec3 position;
out vec3 normal;
out vec3 rest;
out vec3 masks;
out vec4 hand;
out vec2 palm;
out float knuckle;
void main() {
    position = in_position;
    normal = in_normal;
    rest = in_rest;
    masks = in_masks;
    hand = in_hand;
    palm = in_palm;
    knuckle = in_knuckle;
    gl_Position = view_projection * vec4(in_position, 1.0);
}
"""

_SURFACE_HEAD = """
#version 330
#define LIGHTS 9
uniform vec3 eye;
uniform mat4 lights[LIGHTS];
uniform vec4 tiles[LIGHTS];
uniform vec3 light_from[LIGHTS];
uniform vec3 light_color[LIGHTS];
uniform float key_softness;
uniform sampler2DShadow shadows;
uniform sampler3D noise;
uniform vec3 skin_back, skin_palm, skin_lip, skin_nail;
uniform vec3 skin_strengths;
uniform vec3 cloth_color, cloth_accent;
uniform vec3 cloth_cut;
uniform vec3 hair_color;
uniform vec4 hair_cut;
uniform vec3 iris_color;
in vec3 position;
in vec3 normal;
in vec3 rest;
in vec3 masks;
in vec4 hand;
in vec2 palm;
in float knuckle;
out vec4 color;

struct Material {
    vec3 albedo; vec3 wrap; float gloss; float shine; float bump; float flesh; float folds;
};

vec3 grain(float scale) { return texture(noise, rest * scale).rgb * 2.0 - 1.0; }

// Sleeve, neckline and hairline are cut while drawing, so that everybody shares one mesh.
float neckline() {
    vec2 away = vec2(rest.x / 0.78, (rest.z - 0.1) / (rest.z > 0.1 ? cloth_cut.y : 0.7));
    return rest.y > 4.2 ? max(1.0 - length(away), rest.y - 5.85) : -1.0;
}

float scalp() {
    float drop = hair_cut.w;
    float ear = abs(rest.x) > 0.55
        ? length(vec2((rest.y - 7.22) / 0.33, (rest.z - 0.40) / 0.25)) - 1.0 : 1.0;
    float wave = 0.10 * (texture(noise, rest * vec3(1.3, 0.4, 1.3)).r - 0.5);
    float line = 7.12 + 0.66 * rest.z - drop * smoothstep(0.55, 0.2, rest.z);
    return min(rest.y - line + wave, 0.3 * ear);
}
"""

_SKIN = """
void cut_away() {
    if (neckline() < -0.10 && rest.y < 5.6 && hand.x < cloth_cut.x - 0.06) discard;
}

float line(float distance, float width) {
    return exp(-distance * distance / (width * width));
}

float brow(float jag) {
    // An arc above each eye, found by eye on the mesh.
    float x = abs(rest.x);
    float arc = 7.525 + 0.05 * smoothstep(0.1, 0.38, x) - 0.09 * smoothstep(0.38, 0.6, x);
    float inside = smoothstep(0.09, 0.16, x) * smoothstep(0.60, 0.48, x) * step(0.6, rest.z);
    float thick = 0.062 - 0.05 * smoothstep(0.15, 0.6, x);
    return smoothstep(1.15, 0.5, abs(rest.y - arc + 0.012 * jag) / thick) * inside;
}

float palm_lines(vec2 p) {
    // Heart, head and life line as parabolas in hand axes (dm), the three that everybody has.
    float on = smoothstep(-0.42, -0.34, p.x) * smoothstep(0.36, 0.28, p.x);
    float heart = p.y - (0.80 + 0.50 * (p.x + 0.1) * (p.x + 0.1));
    float head = p.y - (0.70 + 0.22 * p.x - 0.35 * p.x * p.x);
    float life = p.x - (0.24 - 0.9 * (p.y - 0.72) * (p.y - 0.72) - 0.08);
    float here = line(heart, 0.012) * smoothstep(0.25, 0.10, p.x);
    here = max(here, line(head, 0.011) * smoothstep(-0.34, -0.1, p.x));
    here = max(here, line(life, 0.013) * smoothstep(0.15, 0.25, p.y) * smoothstep(0.75, 0.65, p.y));
    return here * on;
}

Material material() {
    float volar = smoothstep(0.35, 0.75, hand.y);
    vec3 coarse = grain(0.55), middle = grain(2.3), fine = grain(9.0);
    vec3 albedo = mix(skin_back, skin_palm, volar);
    float blotch = coarse.x * 0.5 + middle.x * 0.35 + fine.x * 0.15;
    albedo *= 1.0 + skin_strengths.x * vec3(0.35, 0.55, 0.6) * blotch;
    // More blood under thin skin: fingertips, knuckles, cheeks and ears.
    float blood = 0.5 * hand.w * volar + 0.35 * knuckle * (1.0 - volar);
    albedo *= mix(vec3(1.0), vec3(1.03, 0.86, 0.84), blood);
    float inside = smoothstep(1.96, 2.12, hand.x);
    float fold = line(hand.z + 0.006 * middle.y, 0.011) * volar * inside;
    fold = max(fold, 0.5 * line(hand.z + 0.02 + 0.01 * middle.z, 0.02) * (1.0 - volar) * inside);
    fold = max(fold, 0.8 * palm_lines(palm + 0.012 * middle.xy) * volar * inside);
    albedo *= mix(vec3(1.0), vec3(0.80, 0.66, 0.62), fold * 0.8);
    albedo = mix(albedo, skin_lip, masks.y * 0.75);
    albedo = mix(albedo, albedo * vec3(0.8, 0.72, 0.72), masks.z * 0.5);
    float nail = smoothstep(0.25, 0.75, masks.x);
    albedo = mix(albedo, skin_nail, nail);
    albedo = mix(albedo, hair_color, brow(fine.y) * hair_cut.y);
    // The roots shade the skin beside the hairline; a shaved head keeps a shadow.
    albedo = mix(albedo, hair_color, 0.55 * smoothstep(-0.10, 0.06, scalp()) * hair_cut.x);
    float chin = smoothstep(7.12, 6.85, rest.y) * smoothstep(6.2, 6.45, rest.y)
        * smoothstep(0.3, 0.8, rest.z) * (1.0 - masks.y);
    albedo = mix(albedo, albedo * 0.45 + hair_color * 0.2,
        chin * hair_cut.z * smoothstep(-0.3, 0.4, fine.y));
    float shine = skin_strengths.z * mix(1.0, 1.25, nail) * (1.0 - 0.4 * fold);
    vec3 wrap = vec3(0.32, 0.14, 0.10);
    return Material(albedo, wrap, mix(22.0, 48.0, nail), shine, skin_strengths.y * (1.0 - nail),
        1.0, 0.0);
}
"""

_CLOTH = """
void cut_away() {
    if (neckline() > 0.0 || hand.x > cloth_cut.x) discard;
}

Material material() {
    int pattern = int(cloth_cut.z + 0.5);
    float arm = hand.x;
    float across = arm > 0.0 ? arm * 2.6 : rest.y;
    float along = arm > 0.0 ? atan(rest.y, rest.z) : rest.x;
    float share = 0.0;
    if (pattern == 1) share = smoothstep(0.46, 0.54, abs(fract(across * 2.2) * 2.0 - 1.0));
    if (pattern == 2) share = smoothstep(0.75, 0.8, abs(fract(along * 3.0) * 2.0 - 1.0));
    if (pattern == 3)
        share = 0.5 * (step(0.5, fract(across * 1.6)) + step(0.5, fract(rest.x * 1.6)));
    if (pattern == 4) share = 0.5 + 0.5 * grain(6.0).x;
    vec3 weave = grain(14.0);
    vec3 albedo = mix(cloth_color, cloth_accent, share) * (1.0 + 0.12 * weave.x);
    if (arm < 0.0) albedo = mix(albedo, vec3(0.03, 0.035, 0.05), smoothstep(0.85, 0.8, rest.y));
    return Material(albedo, vec3(0.25), 6.0, 0.12, 1.6, 0.0, 0.15);
}
"""

_HAIR = """
void cut_away() {
    if (scalp() < 0.04 * (texture(noise, rest * 7.0).r - 0.5)) discard;
}

Material material() {
    float strand = texture(noise, vec3(rest.x * 6.0, rest.y * 0.5, rest.z * 6.0)).r;
    vec3 albedo = hair_color * (0.55 + 0.9 * strand);
    return Material(albedo, vec3(0.1), 18.0, 0.7, 3.0, 0.0, 0.15);
}
"""

_EYES = """
void cut_away() {}

Material material() {
    // The painted rest position of an eyeball is its direction from the eye's centre.
    vec3 gaze = normalize(rest);
    float away = length(gaze.xy);
    vec3 albedo = mix(vec3(0.62, 0.60, 0.58), vec3(0.6, 0.42, 0.4), smoothstep(0.55, 0.95, away));
    albedo = mix(iris_color * (0.8 + 0.5 * grain(12.0).x), albedo, smoothstep(0.42, 0.47, away));
    albedo = mix(vec3(0.01), albedo, smoothstep(0.17, 0.21, away));
    return Material(albedo, vec3(0.1), 200.0, 3.0, 0.0, 0.0, 0.0);
}
"""

_SURFACE_LIGHT = """
float lit(int i, vec3 point, float radius) {
    vec4 p = lights[i] * vec4(point, 1.0);
    vec3 at = p.xyz * 0.5 + 0.5;
    if (any(lessThan(at.xy, vec2(0.004))) || any(greaterThan(at.xy, vec2(0.996)))) return 1.0;
    vec2 centre = tiles[i].xy + at.xy * tiles[i].zw;
    vec2 texel = vec2(radius / 2048.0);
    float sum = texture(shadows, vec3(centre, at.z));
    if (radius <= 0.0) return sum;
    sum += texture(shadows, vec3(centre + texel * vec2(0.9, 0.3), at.z));
    sum += texture(shadows, vec3(centre + texel * vec2(-0.3, 0.9), at.z));
    sum += texture(shadows, vec3(centre + texel * vec2(-0.9, -0.3), at.z));
    sum += texture(shadows, vec3(centre + texel * vec2(0.3, -0.9), at.z));
    return sum / 5.0;
}

vec3 soft(float towards, vec3 wrap) {
    return max((towards + wrap) / (1.0 + wrap), 0.0);
}

float glint(vec3 n, vec3 from, vec3 to_eye, float gloss) {
    vec3 halfway = normalize(from + to_eye);
    float spread = pow(max(dot(n, halfway), 0.0), gloss) * (gloss + 2.0) / 8.0;
    float edge = 1.0 - max(dot(halfway, to_eye), 0.0);
    return spread * (0.028 + 0.6 * edge * edge * edge * edge * edge) * max(dot(n, from), 0.0);
}

vec3 film(vec3 x) {
    // A photographic shoulder (Hable-like rational curve), then the sRGB transfer.
    x = max(x, 0.0);
    x = (x * (1.25 * x + 0.12)) / (x * (1.15 * x + 0.62) + 0.10);
    return pow(clamp(x, 0.0, 1.0), vec3(1.0 / 2.2));
}

void main() {
    cut_away();
    Material m = material();
    vec3 to_eye = normalize(eye - position);
    vec3 n = normalize(normal);
    n = gl_FrontFacing ? n : -n;
    n = normalize(n + (grain(16.0) * 0.06 + grain(5.0) * 0.05) * m.bump
        + (grain(0.5) + 0.7 * grain(1.1)) * m.folds);

    vec3 point = position + n * 0.025;
    float open = lit(0, point, key_softness);
    // Light that enters skin beside a shadow's edge comes out red within it.
    vec3 diffuse = light_color[0] * soft(dot(n, light_from[0]), m.wrap)
        * mix(vec3(open), pow(vec3(open), vec3(0.75, 1.05, 1.15)), m.flesh);
    vec3 gleam = light_color[0] * glint(n, light_from[0], to_eye, m.gloss) * open;
    for (int i = 1; i < LIGHTS; i++) {
        open = lit(i, point, 0.0);
        diffuse += light_color[i] * soft(dot(n, light_from[i]), m.wrap) * open;
        // The side window and the lamp above the camera: reflections of the rest do not show.
        float shines = i == 1 || i == 5 ? open : 0.0;
        gleam += light_color[i] * glint(n, light_from[i], to_eye, m.gloss) * shines;
    }
    float rim = 1.0 - max(dot(n, to_eye), 0.0);
    // Cloth has fluff that lights up at the edge; fingers get darker towards theirs, which is what
    // sets them off from a face or a palm of the same colour.
    float edge = mix(0.15 * rim * rim, -0.45 * rim * rim * rim, m.flesh);
    vec3 shaded = m.albedo * diffuse * (1.0 + edge) + gleam * m.shine;
    if (!gl_FrontFacing) shaded *= 0.6;
    color = vec4(film(shaded), 1.0);
}
"""

FRAGMENTS = {
    part: _SURFACE_HEAD + material + _SURFACE_LIGHT
    for part, material in {
        Part.SKIN: _SKIN,
        Part.EYES: _EYES,
        Part.HAIR: _HAIR,
        Part.CLOTH: _CLOTH,
    }.items()
}
"""Part → fragment shader. One program each: a software renderer runs every branch of a shader."""
