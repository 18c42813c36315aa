-- The lane of each provider, with the limits it starts with. Change the rows of private.lanes and
-- private.pools for a project; change this for all that come.

-- OpenAI counts images, and lets the lowest tier make few of them a minute.
select private.add_lane('openai', p_max_in_flight => 5, p_results_per_minute => 5);
select private.add_lane('stability', p_max_in_flight => 10);
select private.add_lane('recraft', p_max_in_flight => 5);
-- 24 jobs at once, and 6 of the largest model:
-- https://help.bfl.ai, "What is the concurrency limit for the API?"
select private.add_lane(
  'flux', p_max_in_flight => 20, p_polls_per_second => 20,
  p_pools => '{"default": 20, "kontext-max": 6}'
);
-- A model costs as much as ten images: rather none than one that is billed twice. The service
-- limits generation, its P models and textures each by themselves.
select private.add_lane(
  'tripo', p_max_in_flight => 18, p_polls_per_second => 50,
  p_max_ambiguous_retries => 0::smallint,
  p_pools => '{"generation": 10, "p-models": 3, "texture": 5}'
);
