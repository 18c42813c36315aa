// Example: Try different providers for the same prompt
const providers = ['openai', 'stability', 'recraft'];
const results = [];

for (const provider of providers) {
  const taskId = `task-${provider}-${Date.now()}`;
  
  // Provider-specific parameters
  let providerParams = { task_id: taskId, provider, prompt: "Cyberpunk cityscape" };
  
  if (provider === 'openai') {
    providerParams = { ...providerParams, style: "vivid", n: 2 };
  } else if (provider === 'stability') {
    providerParams = { ...providerParams, style_preset: "neon-punk", output_format: "png" };
  } else if (provider === 'recraft') {
    providerParams = { ...providerParams, style: "digital_illustration", substyle: "cyberpunk" };
  }
  
  const response = await fetch('/generation/text-to-model', {
    method: 'POST',
    headers: { 
      'Content-Type': 'application/json',
      'Authorization': `Bearer ${session.access_token}`,
      'X-API-Key': 'your-api-key'
    },
    body: JSON.stringify(providerParams)
  });
  
  const { celery_task_id } = await response.json();
  results.push({ provider, taskId: celery_task_id });
}

// Poll all tasks
const finalResults = await Promise.all(
  results.map(({ provider, taskId }) => 
    pollStatus(taskId, provider === 'tripo' ? 'tripoai' : 'openai')
  )
);
