-- Lua: lua5.4 lua.lua PROGRAMS TASK HEXADECIMAL MILLISECONDS
local programs, name, hexadecimal, milliseconds = arg[1], arg[2], arg[3], tonumber(arg[4])
dofile(programs .. "/" .. name .. ".lua")

local payload, header
local host = {
  find = function(place) return place end,
  read = function(sensor) if sensor == 1 then return 2716, -2 end end,
  begin = function(code) header = code == 69 and 5 or 0 return 0 end,
  add_format = function(format) header = header + 1 return 1 end,
  finish = function(flags) header = header + flags return header end,
  write_fixed_point = function(value, scale)
    local digits = tostring(value)
    payload = digits:sub(1, #digits + scale) .. "." .. digits:sub(#digits + scale + 1)
    return #payload
  end,
}

local words = {}
for low, high in hexadecimal:gmatch("(%x%x)(%x%x)") do words[#words + 1] = tonumber(high .. low, 16) end

local run = name == "reply" and function() return reply(host) end or function() return fletcher32(words) end
local count, times, result = 1, {}, nil
while #times < 5 do
  local start = os.clock()
  for _ = 1, count do result = run() end
  local took = (os.clock() - start) * 1000
  if took < milliseconds then count = count * 2 else times[#times + 1] = took * 1e6 / count end
end
table.sort(times)
print(string.format("%d %.1f", result, times[3]))
