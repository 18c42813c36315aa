// Advanced object recoloring with automatic segmentation
const recolorObject = async (imageUrl, taskId, objectDescription, newColors) => {
  const response = await fetch('/generation/search-and-recolor', {
    method: 'POST',
    headers: { 
      'Content-Type': 'application/json',
      'Authorization': `Bearer ${session.access_token}`,
      'X-API-Key': 'your-api-key'
    },
    body: JSON.stringify({
      task_id: `${taskId}-recolor`,
      provider: "stability",
      input_image_asset_url: imageUrl,
      prompt: `${objectDescription} with ${newColors}, maintaining the same pose and expression`,
      select_prompt: objectDescription,
      negative_prompt: "blurry, low quality, distorted",
      grow_mask: 3,
      output_format: "png",
      style_preset: "photographic"
    })
  });
  
  const { celery_task_id } = await response.json();
  return await pollStatus(celery_task_id, 'openai');
};

// Example usage: Recolor a car from red to blue
const result = await recolorObject(
  'https://project.supabase.co/storage/v1/object/public/bucket/red-car.png',
  'task-car-recolor-123',
  'car',
  'bright blue metallic paint'
);

// Example usage: Change shirt color from white to green
const shirtResult = await recolorObject(
  'https://project.supabase.co/storage/v1/object/public/bucket/person.png',
  'task-shirt-recolor-456', 
  'shirt',
  'forest green fabric'
);
