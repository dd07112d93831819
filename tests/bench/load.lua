-- wrk's part: sends the prepared requests of a file one after the other (or one address again and again), and tells
-- the outcome as one line of JSON. Arguments: the status expected, the file.
local threads = {}

function setup(thread)
   table.insert(threads, thread)
end

function init(args)
   expected = tonumber(args[1])
   wrong, wrong_status, dry = 0, 0, 0
   lines = args[2] and io.lines(args[2])
   if not lines then return end
   request = function()
      local line = lines and lines()
      if not line then
         lines = nil
         dry = dry + 1
         return wrk.format("GET", "/health/live")
      end
      local path, cookie, body = line:match("^(.-)\t(.-)\t(.*)$")
      local headers = { ["Host"] = "localhost", ["Content-Type"] = "application/x-www-form-urlencoded" }
      if cookie ~= "" then headers["Cookie"] = cookie end
      return wrk.format("POST", path, headers, body)
   end
end

function response(status)
   if status ~= expected then
      wrong = wrong + 1
      wrong_status = status
   end
end

function done(summary, latency)
   local wrong, wrong_status, dry = 0, 0, 0
   for _, thread in ipairs(threads) do
      wrong = wrong + thread:get("wrong")
      wrong_status = math.max(wrong_status, thread:get("wrong_status"))
      dry = dry + thread:get("dry")
   end
   local errors = summary.errors
   print(string.format(
      '{"requests": %d, "seconds": %.4f, "p50": %.3f, "p99": %.3f, "wrong": %d, "status": %d, "dry": %d, "broken": %d}',
      summary.requests, summary.duration / 1e6, latency:percentile(50) / 1e3, latency:percentile(99) / 1e3,
      wrong, wrong_status, dry, errors.connect + errors.read + errors.write + errors.timeout))
end
