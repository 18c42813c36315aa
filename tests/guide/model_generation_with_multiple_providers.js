// Generate 3D model using both Tripo and Stability, compare results
const generate3DModel = async (imageUrl, taskId) => {
  const tripoTask = fetch('/generation/image-to-model', {
    method: 'POST',
    headers: { 
      'Content-Type': 'application/json',
      'Authorization': `Bearer ${session.access_token}`,
      'X-API-Key': 'your-api-key'
    },
    body: JSON.stringify({
      task_id: `${taskId}-tripo`,
      provider: "tripo",
      input_image_asset_urls: [imageUrl],
      texture_quality: "detailed",
      pbr: true
    })
  });
  
  const stabilityTask = fetch('/generation/image-to-model', {
    method: 'POST',
    headers: { 
      'Content-Type': 'application/json',
      'Authorization': `Bearer ${session.access_token}`,
      'X-API-Key': 'your-api-key'
    },
    body: JSON.stringify({
      task_id: `${taskId}-stability`,
      provider: "stability",
      input_image_asset_urls: [imageUrl],
      texture_resolution: 1024,
      remesh: "quad"
    })
  });
  
  const [tripoResponse, stabilityResponse] = await Promise.all([tripoTask, stabilityTask]);
  
  const tripoTaskId = (await tripoResponse.json()).celery_task_id;
  const stabilityTaskId = (await stabilityResponse.json()).celery_task_id;
  
  // Poll both tasks
  const [tripoResult, stabilityResult] = await Promise.all([
    pollStatus(tripoTaskId, 'tripoai'),
    pollStatus(stabilityTaskId, 'openai')
  ]);
  
  return {
    tripo: tripoResult.asset_url,
    stability: stabilityResult.asset_url
  };
};
