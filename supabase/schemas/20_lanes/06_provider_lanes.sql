-- The lane of each provider, with the limits it starts with. Change the rows of private.lanes for a
-- project; change this for all that come.

-- OpenAI counts images, and lets the lowest tier make few of them a minute.
select private.add_lane('openai', p_max_in_flight => 5, p_per_minute => 5);
select private.add_lane('stability', p_max_in_flight => 10);
select private.add_lane('recraft', p_max_in_flight => 5);
select private.add_lane('flux', p_max_in_flight => 20);
-- A model costs as much as ten pictures: better none than one too many.
select private.add_lane('tripo', p_max_in_flight => 10, p_repeat_ambiguous => 0::smallint);
