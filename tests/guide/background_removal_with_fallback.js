// Try Stability first, fallback to Recraft if needed
const removeBackground = async (imageUrl, taskId) => {
  try {
    // Try Stability AI first
    const stabilityResponse = await fetch('/generation/remove-background', {
      method: 'POST',
      headers: { 
        'Content-Type': 'application/json',
        'Authorization': `Bearer ${session.access_token}`,
        'X-API-Key': 'your-api-key'
      },
      body: JSON.stringify({
        task_id: `${taskId}-stability`,
        provider: "stability",
        input_image_asset_url: imageUrl,
        output_format: "png"
      })
    });
    
    const { celery_task_id } = await stabilityResponse.json();
    return await pollStatus(celery_task_id, 'openai');
    
  } catch (error) {
    console.log('Stability failed, trying Recraft...', error);
    
    // Fallback to Recraft
    const recraftResponse = await fetch('/generation/remove-background', {
      method: 'POST',
      headers: { 
        'Content-Type': 'application/json',
        'Authorization': `Bearer ${session.access_token}`,
        'X-API-Key': 'your-api-key'
      },
      body: JSON.stringify({
        task_id: `${taskId}-recraft`,
        provider: "recraft",
        input_image_asset_url: imageUrl,
        response_format: "url"
      })
    });
    
    const { celery_task_id } = await recraftResponse.json();
    return await pollStatus(celery_task_id, 'openai');
  }
};
