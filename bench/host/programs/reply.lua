-- Answers a request with the value of the second sensor: the length of the response, or a negative code.
function reply(host)
  local value, scale = host.read(host.find(1))
  if not value then return -160 end
  host.begin(69)
  host.add_format(0)
  return host.finish(1) + host.write_fixed_point(value, scale)
end
